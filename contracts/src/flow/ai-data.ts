import { z } from 'zod';
import { jsonBytes, jsonValueSchema } from '../json.js';
import { limits } from '../limits.js';
import { duration, optionalVariable, template } from './fields.js';
import { idSchema, text } from './identifiers.js';

/** What a structured answer looks like: JSON Schema, as far as models know it. */
export const answerSchemaSchema = z
  .record(z.string(), jsonValueSchema)
  .refine(
    (schema) => jsonBytes(schema) <= limits.answerSchemaBytes,
    `is larger than ${limits.answerSchemaBytes / 1000} kB`,
  )
  .describe('JSON Schema of the answer: types, properties, items, enum, anyOf and bounds.');

/** What an ai node does where the model does not answer. */
export const aiFallbackSchema = z.strictObject({
  kind: z
    .enum(['error', 'text', 'passage'])
    .default('error')
    .describe(
      'Leaves by the error handle; says the text; or quotes the best passage of the knowledge, and where there is none says the text.',
    ),
  text: template.optional(),
});

/** What an ai node does where the model does not answer. */
export type AiFallback = z.output<typeof aiFallbackSchema>;

/** How an ai node talks until a goal is met. */
export const aiConverseSchema = z.strictObject({
  goal: template.default(''),
  collect: answerSchemaSchema
    .optional()
    .describe('JSON Schema of an object: the fields that the model asks for, saved as `saveAs`.'),
  maxTurns: z
    .int()
    .min(1)
    .max(limits.conversationTurns)
    .default(20)
    .describe('Replies that it reads before it leaves by the error handle.'),
  timeout: duration.optional().describe('How long it waits for each reply.'),
});

/** How an ai node talks until a goal is met. */
export type AiConverse = z.output<typeof aiConverseSchema>;

const toolName = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]{0,62}$/,
    'is no name of a tool: use letters, digits and _, not starting with a digit, up to 63 characters',
  );

const toolDescription = text(limits.toolDescriptionLength);

/** The function by which the model says that the goal of a conversation is met. */
export const finishFunction = 'finish_conversation';

/** The function by which it searches the knowledge. */
export const searchFunction = 'search_knowledge';

/** Something that the model of an ai node may call. */
export const aiToolSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('integration'),
      node: z.union([idSchema, z.literal('')]).default(''),
      name: z.union([toolName, z.literal('')]).default(''),
      description: toolDescription.default(''),
      parameters: answerSchemaSchema
        .optional()
        .describe(
          'JSON Schema of an object. What the model gives stands in for the variables of these names while the request is made.',
        ),
    })
    .describe('Makes the request of an integration node of the same flow.'),
  z
    .strictObject({ kind: z.literal('knowledge'), description: toolDescription.optional() })
    .describe('Searches the knowledge, in the items that the node names.'),
]);

/** Something that the model of an ai node may call. */
export type AiTool = z.output<typeof aiToolSchema>;

/** Data of an ai node: one answer of the model to the conversation so far, or a conversation. */
export const aiDataSchema = z.strictObject({
  prompt: template.default(''),
  system: template.optional(),
  model: text(100).optional(),
  temperature: z.number().min(0).max(2).optional(),
  useKnowledge: z.boolean().default(false),
  knowledge: z
    .array(text(100))
    .max(limits.knowledgeItemsOfNode)
    .optional()
    .describe('The ids of the items that it may look up; none: all that are enabled.'),
  usePersonality: z.boolean().default(false),
  saveAs: optionalVariable.optional(),
  output: z.enum(['message', 'variable', 'both']).default('message'),
  schema: answerSchemaSchema.optional(),
  fallback: aiFallbackSchema.optional(),
  converse: aiConverseSchema.optional(),
  tools: z.array(aiToolSchema).max(limits.aiTools).optional(),
});

/** Data of an ai node with its defaults filled in. */
export type AiData = z.output<typeof aiDataSchema>;
