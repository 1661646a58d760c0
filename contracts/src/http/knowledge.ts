import { z } from 'zod';
import { text } from '../flow/identifiers.js';
import { limits } from '../limits.js';
import { knowledgeLanguages } from '../kinds.js';
import {
  foundPassageSchema,
  knowledgePassageSchema,
  knowledgeTypeSchema,
} from '../knowledge/passage.js';
import { runErrorSchema } from '../run/parts.js';
import { pageOf } from './list.js';

/**
 * How far the reading of an item is. While it is read again, and where that failed, what was read
 * before is still found.
 */
export const knowledgeStatusSchema = z.enum(['waiting', 'reading', 'ready', 'failed']);

/** How far the reading of an item is. */
export type KnowledgeStatus = z.output<typeof knowledgeStatusSchema>;

/** How the words of a text are read; `simple` takes them as they are. */
export const knowledgeLanguageSchema = z.enum(knowledgeLanguages);

const name = z
  .string()
  .trim()
  .min(1, 'is empty')
  .max(limits.knowledgeNameLength, `has more than ${limits.knowledgeNameLength} characters`);

const content = text(limits.knowledgeEntryLength).refine(
  (value) => value.trim() !== '',
  'is empty',
);

/** Something that ai nodes may look up. */
export const knowledgeItemSchema = z
  .object({
    id: z.string(),
    type: knowledgeTypeSchema,
    name: z.string(),
    url: z.string().optional().describe('Of a page of the web.'),
    enabled: z.boolean().describe('Whether it is found.'),
    status: knowledgeStatusSchema,
    progress: z.int().min(0).max(100).describe('Of the reading, in percent.'),
    error: runErrorSchema
      .omit({ nodeId: true })
      .optional()
      .describe('Why it could not be read, or not be read again.'),
    characters: z.int().min(0),
    chunks: z.int().min(0).describe('How many passages it was split into.'),
    embedded: z.boolean().describe('Whether it is found by meaning too, not by its words only.'),
    language: knowledgeLanguageSchema,
    pages: z.int().min(1).optional().describe('Of a PDF.'),
    question: z.string().optional().describe('Of an entry that answers one.'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    readAt: z.iso.datetime().optional().describe('When what is found was read.'),
  })
  .meta({ id: 'KnowledgeItem' });

/** Something that ai nodes may look up. Times are ISO 8601. */
export type KnowledgeItem = z.output<typeof knowledgeItemSchema>;

/** Answer of GET /api/knowledge. */
export const knowledgePageSchema = pageOf(knowledgeItemSchema);

/** An item with what was read from it. */
export const knowledgeDetailSchema = knowledgeItemSchema
  .extend({
    passages: z.array(knowledgePassageSchema),
    nextIndex: z
      .int()
      .nullable()
      .describe('Send it as `from` for the passages after these; null where these are the last.'),
  })
  .meta({ id: 'KnowledgeDetail' });

/** An item with what was read from it. */
export type KnowledgeDetail = z.output<typeof knowledgeDetailSchema>;

/** Query of GET /api/knowledge/:id. */
export const readKnowledgeSchema = z.object({
  from: z
    .string()
    .regex(/^\d{1,6}$/, 'must be a whole number from 0')
    .transform(Number)
    .default(0)
    .describe('The index of the first passage.'),
});

/** Body of POST /api/knowledge/scrape. */
export const scrapeSchema = z.strictObject({
  url: z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(limits.urlLength, `has more than ${limits.urlLength} characters`)
    .describe('Of a page: http or https, at a public address.'),
});

/** Body of POST /api/knowledge/manual: a question with its answer, or a text with a name. */
export const manualEntrySchema = z.union(
  [
    z.strictObject({
      question: name.describe('As people ask it.'),
      answer: content,
      language: knowledgeLanguageSchema.optional(),
    }),
    z.strictObject({ name, content, language: knowledgeLanguageSchema.optional() }),
  ],
  { error: 'must have a question and its answer, or a name and a content' },
);

/** Words typed in. */
export type ManualEntry = z.output<typeof manualEntrySchema>;

/** Body of PUT /api/knowledge/:id. */
export const changeKnowledgeSchema = z.strictObject({
  enabled: z.boolean().optional(),
  name: name.optional(),
  language: knowledgeLanguageSchema
    .optional()
    .describe('How its words are read from now on, where it was not told rightly.'),
});

/** What may be changed of an item. */
export type ChangeKnowledge = z.output<typeof changeKnowledgeSchema>;

/** Body of POST /api/knowledge/search. */
export const searchKnowledgeSchema = z.strictObject({
  query: text(limits.knowledgeQueryLength).refine((value) => value.trim() !== '', 'is empty'),
  limit: z.int32().min(1).max(limits.knowledgePassages).default(5),
  items: z
    .array(z.string().max(100))
    .max(limits.knowledgeItemsOfNode)
    .optional()
    .describe('Only in these items; absent: in all that are enabled.'),
});

/** What is looked for. */
export type SearchKnowledge = z.output<typeof searchKnowledgeSchema>;

/** Answer of POST /api/knowledge/search. */
export const foundKnowledgeSchema = z.object({
  passages: z.array(foundPassageSchema).describe('The best first.'),
  mode: z
    .enum(['hybrid', 'text'])
    .describe('By words and meaning, or by words alone, as without a key for the model.'),
  notice: z.string().optional().describe('Why it was by words alone.'),
});

/** What was found, and how. */
export type FoundKnowledge = z.output<typeof foundKnowledgeSchema>;
