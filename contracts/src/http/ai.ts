import { z } from 'zod';
import { createFlowSchema, type FlowInput } from '../flow/flow.js';
import type { WrittenIssue } from '../flow/issue.js';
import { text } from '../flow/identifiers.js';
import { answerSchemaSchema } from '../flow/answer-schema.js';
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
    id: z.string().describe('What an ai node names as its `model`.'),
    name: z.string(),
    description: z.string(),
    inputTokens: z.int().min(0).optional().describe('The most that it reads.'),
    outputTokens: z.int().min(0).optional().describe('The most that it writes.'),
    price: modelPriceSchema.optional().describe('Missing where it is not known.'),
    isDefault: z.boolean().describe('Used where none is named.'),
  })
  .meta({ id: 'AiModel' });

/** A model that ai nodes may name. */
export type AiModel = z.output<typeof aiModelSchema>;

/** Answer of GET /api/ai/models. */
export const aiModelPageSchema = pageOf(aiModelSchema);

/** Body of POST /api/ai/generate. */
export const generateSchema = z.strictObject({
  prompt: text(limits.templateBytes).min(1, 'is empty; say what the model shall do'),
  system: text(limits.templateBytes).optional(),
  model: text(100).min(1, 'is empty; leave it out for the default').optional(),
  temperature: z.number().min(0).max(2).optional(),
  schema: answerSchemaSchema.optional(),
  useKnowledge: z.boolean().default(false).describe('Whether it answers from your knowledge.'),
  knowledge: z
    .array(z.string().max(200))
    .max(limits.knowledgeItemsOfNode)
    .optional()
    .describe('Ids of the items to look into; all enabled ones without it.'),
  usePersonality: z.boolean().default(false).describe('Whether it sounds as you want it to.'),
});

/** What a model is asked outside of a run. */
export type Generate = z.output<typeof generateSchema>;

/** Answer of POST /api/ai/generate. */
export const generatedSchema = z
  .object({
    text: z.string(),
    value: jsonValueSchema.optional().describe('What the text says, where a schema was given.'),
    usage: usageSchema,
    model: z.string(),
    passages: z.array(foundPassageSchema).describe('What it was given of your knowledge.'),
  })
  .meta({ id: 'Generated' });

/** What a model answered outside of a run. */
export type Generated = z.output<typeof generatedSchema>;

/** Body of POST /api/ai/generate-workflow. */
export const generateFlowSchema = z.strictObject({
  prompt: text(20_000).min(1, 'is empty; say what the flow shall do'),
  workflow: createFlowSchema
    .optional()
    .describe('A flow to change, as it would be saved; without it a new one is written.'),
  model: text(100).min(1, 'is empty; leave it out for the default').optional(),
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
