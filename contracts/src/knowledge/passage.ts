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

/** Why a part of a document was not read. */
export const leftOutReasons = [
  'image',
  'unreadable',
  'running_line',
  'navigation',
  'hidden',
  'beside',
] as const;

/** What a reading left out of a document, and why. */
export const leftOutSchema = z
  .object({
    reason: z
      .enum(leftOutReasons)
      .describe(
        '`image`: a page without text. `unreadable`: a page whose letters stand for others, which needs text recognition (OCR). `running_line`: titles and page numbers that repeat on each page. `navigation`: menus and lists of links. `hidden`: what the page shows to nobody. `beside`: what stands beside the main text.',
      ),
    characters: z.int().min(0),
    pages: z.array(z.int().min(1)).optional().describe('Of a PDF; at most 100.'),
    example: z.string().optional(),
  })
  .meta({ id: 'LeftOut' });

/** What a reading left out of a document, and why. */
export type LeftOut = z.output<typeof leftOutSchema>;
