import { z } from 'zod';
import { pageOf } from './list.js';

/** What a model costs, in US dollars per million tokens. */
export const modelPriceSchema = z.object({
  inputPerMillion: z.number().min(0),
  outputPerMillion: z.number().min(0),
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
