import { z } from 'zod';
import { text } from '../fields/identifiers.js';
import { limits } from '../limits.js';
import { knowledgeLanguages } from '../kinds.js';
import {
  foundPassageSchema,
  knowledgePassageSchema,
  knowledgeTypeSchema,
  leftOutSchema,
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
  .min(1, 'must not be empty')
  .max(
    limits.knowledgeNameLength,
    `must not have more than ${limits.knowledgeNameLength} characters`,
  );

const content = text(limits.knowledgeEntryLength).refine(
  (value) => value.trim() !== '',
  'must not be empty',
);

/** Something that ai nodes may look up. */
export const knowledgeItemSchema = z
  .object({
    id: z.string(),
    type: knowledgeTypeSchema,
    name: z.string(),
    url: z.string().optional().describe('URL of a web page.'),
    enabled: z.boolean().describe('Whether searches include the source.'),
    status: knowledgeStatusSchema,
    progress: z.int().min(0).max(100).describe('Progress of reading, in percent.'),
    error: runErrorSchema
      .omit({ nodeId: true })
      .optional()
      .describe('Why the source could not be read, or read again.'),
    characters: z.int().min(0),
    chunks: z.int().min(0).describe('Number of passages.'),
    embedded: z.boolean().describe('Whether searches find it by meaning too, not only by words.'),
    language: knowledgeLanguageSchema,
    pages: z.int().min(1).optional().describe('Number of pages of a PDF.'),
    leftOut: z
      .array(leftOutSchema)
      .optional()
      .describe('What was not read, and why. Absent if everything was.'),
    question: z.string().optional().describe('The question of a question-and-answer entry.'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    readAt: z.iso.datetime().optional().describe('When the searchable text was read.'),
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
      .describe('Send it as `from` for the next passages. Null on the last page.'),
  })
  .meta({ id: 'KnowledgeDetail' });

/** An item with what was read from it. */
export type KnowledgeDetail = z.output<typeof knowledgeDetailSchema>;

/** Query of GET /api/knowledge/:id. */
export const readKnowledgeSchema = z.object({
  from: z
    .string()
    .regex(/^\d{1,6}$/, 'must be a whole number of 0 or more')
    .transform(Number)
    .default(0)
    .describe('Index of the first passage to return.'),
});

/** Body of POST /api/knowledge/scrape. */
export const scrapeSchema = z.strictObject({
  url: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(limits.urlLength, `must not have more than ${limits.urlLength} characters`)
    .describe('URL of a page: http or https, at a public address.'),
});

/** Body of POST /api/knowledge/manual: a question with its answer, or a text with a name. */
export const manualEntrySchema = z.union(
  [
    z.strictObject({
      question: name.describe('As people would ask it.'),
      answer: content,
      language: knowledgeLanguageSchema.optional(),
    }),
    z.strictObject({ name, content, language: knowledgeLanguageSchema.optional() }),
  ],
  { error: 'must have `question` and `answer`, or `name` and `content`' },
);

/** Words typed in. */
export type ManualEntry = z.output<typeof manualEntrySchema>;

/** Body of PUT /api/knowledge/:id. */
export const changeKnowledgeSchema = z.strictObject({
  enabled: z.boolean().optional(),
  name: name.optional(),
  language: knowledgeLanguageSchema
    .optional()
    .describe('Language of the text, if it was not detected correctly.'),
});

/** What may be changed of an item. */
export type ChangeKnowledge = z.output<typeof changeKnowledgeSchema>;

/** Body of POST /api/knowledge/search. */
export const searchKnowledgeSchema = z.strictObject({
  query: text(limits.knowledgeQueryLength).refine(
    (value) => value.trim() !== '',
    'must not be empty',
  ),
  limit: z.int32().min(1).max(limits.knowledgePassages).default(5),
  items: z
    .array(z.string().max(100))
    .max(limits.knowledgeItemsOfNode)
    .optional()
    .describe('IDs of the sources to search. Absent: all that are enabled.'),
});

/** What is looked for. */
export type SearchKnowledge = z.output<typeof searchKnowledgeSchema>;

/** Answer of POST /api/knowledge/search. */
export const foundKnowledgeSchema = z.object({
  passages: z.array(foundPassageSchema).describe('Best match first.'),
  mode: z
    .enum(['hybrid', 'text'])
    .describe('Search by words and meaning, or by words only if no model key is available.'),
  notice: z.string().optional().describe('Why the search was by words only.'),
});

/** What was found, and how. */
export type FoundKnowledge = z.output<typeof foundKnowledgeSchema>;
