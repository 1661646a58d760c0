import { z } from 'zod';
import { knowledgeTypes } from '../kinds.js';

/** What knowledge is made from. */
export const knowledgeTypeSchema = z.enum(knowledgeTypes);

/** A piece of a text, never cut amid a sentence, and where it stands. */
export const knowledgePassageSchema = z.object({
  index: z.int().min(0).describe('Position of the passage in the source, from 0.'),
  text: z.string(),
  page: z.int().min(1).optional(),
  heading: z.string().optional(),
});

/** A piece of a text and where it stands. */
export type KnowledgePassage = z.output<typeof knowledgePassageSchema>;

/** A passage that was found. */
export const foundPassageSchema = knowledgePassageSchema
  .extend({
    itemId: z.string(),
    name: z.string(),
    type: knowledgeTypeSchema,
    url: z.string().optional(),
    score: z
      .number()
      .min(0)
      .max(1)
      .describe('From 0 to 1, best. Comparable only within one response.'),
  })
  .meta({ id: 'FoundPassage' });

/** A passage that was found, with where it is from. */
export type FoundPassage = z.output<typeof foundPassageSchema>;

/** Where an answer of the model may be from. */
export const knowledgeSourceSchema = z
  .object({
    itemId: z.string(),
    name: z.string(),
    url: z.string().optional(),
    page: z.int().min(1).optional(),
    heading: z.string().optional(),
  })
  .meta({ id: 'KnowledgeSource' });

/** Where an answer of the model may be from. */
export type KnowledgeSource = z.output<typeof knowledgeSourceSchema>;
