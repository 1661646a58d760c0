import type { z } from 'zod';
import { limits } from '../limits.js';
import type { Need, NodeKind, NodeWriting } from './kind.js';
import type * as kit from './schema-kit.js';

/** The function by which the model says that the goal of a conversation is met. */
export const finishFunction = 'finish_conversation';

/** The function by which it searches the knowledge. */
export const searchFunction = 'search_knowledge';

const fallbackSchema = ({ z, template }: typeof kit) =>
  z.strictObject({
    kind: z
      .enum(['error', 'text', 'passage'])
      .default('error')
      .describe(
        'What to do if the model does not respond: leave by the error handle, say the text, or quote the best passage of the knowledge and say the text if there is none.',
      ),
    text: template.optional(),
  });

const converseSchema = ({ z, answerSchemaSchema, duration, template }: typeof kit) =>
  z.strictObject({
    goal: template.default(''),
    collect: answerSchemaSchema
      .optional()
      .describe('JSON Schema of an object with the fields to collect. They are saved as `saveAs`.'),
    maxTurns: z
      .int()
      .min(1)
      .max(limits.conversationTurns)
      .default(20)
      .describe('Maximum number of replies, after which the node leaves by the error handle.'),
    timeout: duration.optional().describe('How long to wait for each reply.'),
  });

const toolSchema = ({ z, answerSchemaSchema, idSchema, namePatterns, text }: typeof kit) => {
  const name = z
    .string()
    .regex(
      namePatterns.tool_name_invalid,
      'must be a tool name: up to 63 letters, digits and _, not starting with a digit',
    );
  const description = text(limits.toolDescriptionLength);
  return z.discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('integration'),
        node: z.union([idSchema, z.literal('')]).default(''),
        name: z.union([name, z.literal('')]).default(''),
        description: description.default(''),
        parameters: answerSchemaSchema
          .optional()
          .describe(
            'JSON Schema of an object. The arguments of the model override the variables of the same names while the request is made.',
          ),
      })
      .describe('Sends the request of an integration node of the same flow.'),
    z
      .strictObject({ kind: z.literal('knowledge'), description: description.optional() })
      .describe('Searches the knowledge sources that the node selects.'),
  ]);
};

/** Data of an ai node: one answer of the model to the conversation so far, or a conversation. */
export const aiData = (schemas: typeof kit) => {
  const { z, answerSchemaSchema, optionalVariable, callTimes, template, text } = schemas;
  return z.strictObject({
    prompt: template.default(''),
    system: template.optional(),
    model: text(100).optional(),
    temperature: z.number().min(0).max(2).optional(),
    useKnowledge: z.boolean().default(false),
    knowledge: z
      .array(text(100))
      .max(limits.knowledgeItemsOfNode)
      .optional()
      .describe('IDs of the knowledge sources to search. Absent: all that are enabled.'),
    usePersonality: z.boolean().default(false),
    saveAs: optionalVariable.optional(),
    output: z.enum(['message', 'variable', 'both']).default('message'),
    schema: answerSchemaSchema.optional(),
    ...callTimes,
    fallback: fallbackSchema(schemas).optional(),
    converse: converseSchema(schemas).optional(),
    tools: z.array(toolSchema(schemas)).max(limits.aiTools).optional(),
  });
};

/** Data of an ai node with its defaults filled in. */
export type AiData = z.output<ReturnType<typeof aiData>>;

/** What an ai node does where the model does not answer. */
export type AiFallback = NonNullable<AiData['fallback']>;

/** How an ai node talks until a goal is met. */
export type AiConverse = NonNullable<AiData['converse']>;

/** Something that the model of an ai node may call. */
export type AiTool = NonNullable<AiData['tools']>[number];

/** Asks the model. */
export const ai = {
  wire: { type: 'ai' },
  defaults: { prompt: '', output: 'message' },
  handles: () => ['out', 'error'],
  variables: ({ saveAs }) => [saveAs],
  expressions: ({ prompt, system, fallback, converse }) => [
    { field: 'prompt', value: prompt, as: 'template' },
    { field: 'system', value: system, as: 'template' },
    { field: 'converse.goal', value: converse?.goal, as: 'template' },
    { field: 'fallback.text', value: fallback?.text, as: 'message' },
  ],
  key: { of: 'model' },
  needs({ useKnowledge, fallback, tools }): Need[] {
    const searches = tools?.some(({ kind }) => kind === 'knowledge');
    return useKnowledge || fallback?.kind === 'passage' || searches ? ['knowledge'] : [];
  },
  // One that converses or has tools makes several calls: a retry begins it again.
  isCall: ({ converse, tools }) => !converse && !tools?.length,
  isTool: false,
  waitsFor: ({ converse }) => (converse ? 'reply' : null),
} satisfies NodeKind<z.input<ReturnType<typeof aiData>>>;

/** What a model that writes flows is told about it. */
export const aiWriting: NodeWriting = {
  lines: [
    `ai: asks the model. prompt, system, useKnowledge (answer from the owner's documents), usePersonality, output "message" (said to the visitor), "variable" or "both"; saveAs (the variable) unless output is message; fields [{name,type,description,enum}] for a structured answer, read as vars.<saveAs>.<name>; instead: a text to say when the model does not respond. out, error`,
    'ai with a goal: talks with the visitor, turn by turn, until the goal is met, with no speak or listen nodes of its own. goal (when it is met), prompt (how to go about it), fields (what to collect, saved as saveAs), timeout for each reply. Use it where several things are to be found out in a free conversation. out, error',
  ],
  fields: {
    prompt: { type: 'string' },
    system: { type: 'string' },
    useKnowledge: { type: 'boolean' },
    usePersonality: { type: 'boolean' },
    saveAs: { type: 'string' },
    output: { type: 'string', enum: ['message', 'variable', 'both'] },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          type: { type: 'string', enum: ['string', 'number', 'integer', 'boolean'] },
          description: { type: 'string' },
          enum: { type: 'array', items: { type: 'string' } },
        },
        required: ['name', 'type'],
      },
    },
    goal: { type: 'string' },
    instead: { type: 'string' },
    timeout: { type: 'string' },
  },
  keeps: [
    'model',
    'temperature',
    'retryFor',
    'timeout',
    'knowledge',
    'schema',
    'tools',
    'fallback',
    'converse',
  ],
};
