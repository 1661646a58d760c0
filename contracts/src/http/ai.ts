import { z } from 'zod';
import { createFlowSchema, type FlowInput } from '../flow/flow.js';
import type { WrittenIssue } from '../flow/issue.js';
import { modelNameSchema, text } from '../fields/identifiers.js';
import { answerSchemaSchema } from '../fields/answer-schema.js';
import { foundPassageSchema } from '../knowledge/passage.js';
import { jsonValueSchema } from '../json.js';
import { limits } from '../limits.js';
import { type Usage, usageSchema } from '../run/parts.js';

import { pageOf } from './list.js';

/** List price of a model, in US dollars per million tokens. */
export const modelPriceSchema = z.object({
  inputPerMillion: z.number().min(0),
  outputPerMillion: z.number().min(0),
  asOf: z.iso.date().describe("When this was read from the provider's price list."),
});

/** What a model costs, in US dollars per million tokens. */
export type ModelPrice = z.output<typeof modelPriceSchema>;

/** A model that ai nodes may name. */
export const aiModelSchema = z
  .object({
    id: z.string().describe('Value for the `model` of an ai node.'),
    name: z.string(),
    description: z.string(),
    inputTokens: z.int().min(0).optional().describe('Maximum number of input tokens.'),
    outputTokens: z.int().min(0).optional().describe('Maximum number of output tokens.'),
    price: modelPriceSchema.optional().describe('Absent if the price is not known.'),
    isDefault: z.boolean().describe('The model that is used by default.'),
  })
  .meta({ id: 'AiModel' });

/** A model that ai nodes may name. */
export type AiModel = z.output<typeof aiModelSchema>;

/** Answer of GET /api/ai/models. */
export const aiModelPageSchema = pageOf(aiModelSchema);

/** Body of POST /api/ai/generate. */
export const generateSchema = z.strictObject({
  prompt: text(limits.templateBytes).min(1, 'is required. Say what the model should do'),
  system: text(limits.templateBytes).optional(),
  model: modelNameSchema.optional(),
  temperature: z.number().min(0).max(2).optional(),
  schema: answerSchemaSchema.optional(),
  useKnowledge: z.boolean().default(false).describe('Whether to answer from your knowledge.'),
  knowledge: z
    .array(z.string().max(200))
    .max(limits.knowledgeItemsOfNode)
    .optional()
    .describe('IDs of the knowledge sources to use. Absent: all that are enabled.'),
  usePersonality: z
    .boolean()
    .default(false)
    .describe('Whether to apply the `personality` of your profile.'),
});

/** What a model is asked outside of a run. */
export type Generate = z.output<typeof generateSchema>;

/** Answer of POST /api/ai/generate. */
export const generatedSchema = z
  .object({
    text: z.string(),
    value: jsonValueSchema.optional().describe('The parsed response, if the request had a schema.'),
    usage: usageSchema,
    model: z.string(),
    finishReason: z
      .string()
      .describe('Why the model ended, such as `STOP`. `MAX_TOKENS`: the text was cut off.'),
    passages: z.array(foundPassageSchema).describe('The passages that the model was given.'),
  })
  .meta({ id: 'Generated' });

/** What a model answered outside of a run. */
export type Generated = z.output<typeof generatedSchema>;

/** Body of POST /api/ai/generate-workflow. */
export const generateFlowSchema = z.strictObject({
  prompt: text(20_000).min(1, 'is required. Say what the flow should do'),
  workflow: createFlowSchema
    .optional()
    .describe('The flow to change, in the format for saving. Absent: a new flow is generated.'),
  model: modelNameSchema.optional(),
});

/** What flow is to be written. */
export type GenerateFlow = z.output<typeof generateFlowSchema>;

/** How far the writing of a flow is. */
export const writingStages = ['asking', 'writing', 'checking', 'repairing', 'laying_out'] as const;

/** How far the writing of a flow is. */
export type WritingStage = (typeof writingStages)[number];

/** The last event of a flow that was written while somebody listened. */
export type GeneratedFlow = {
  /** Can be saved and run as it is. */
  workflow: FlowInput;
  /** Warnings: what is probably not meant. */
  problems: WrittenIssue[];
  usage: Usage;
};
