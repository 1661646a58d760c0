import { z } from 'zod';
import { limits } from '../limits.js';
import { localeSchema, text } from '../fields/identifiers.js';
import { teamEventTypes } from '../kinds.js';
import { storedText } from '../text.js';
import { listQuerySchema, pageOf } from './list.js';

const userId = z.string().min(1).max(200);

/** Body of POST /api/conversations/:id/assign. */
export const assignConversationSchema = z.strictObject({
  userId: userId.nullable().describe('Null for nobody.'),
});

const written = (maxLength: number) =>
  text(maxLength)
    .transform((value) => storedText(value).trim())
    .refine((value) => value !== '', 'is required');

/** Body of POST /api/conversations/:id/notes. */
export const noteConversationSchema = z.strictObject({
  text: written(limits.teamNoteLength).describe(
    '`@` followed by the name or email address of a member notifies them.',
  ),
});

/** Body of POST /api/conversations/:id/snooze. */
export const snoozeConversationSchema = z.strictObject({
  until: z.iso
    .datetime({ offset: true, error: 'must be a date and time, such as 2027-01-31T08:00:00Z' })
    .transform((value) => new Date(value))
    .nullable()
    .describe('Null ends the snooze.'),
});

/** Body of POST /api/conversations/:id/read. */
export const readConversationSchema = z.strictObject({
  seq: z.int32().min(0).describe('The number of the last event that was seen.'),
});

/** Answer of GET /api/conversations/counts. */
export const conversationCountsSchema = z
  .object({
    mine: z.int(),
    unassigned: z.int(),
    waiting: z.int(),
    snoozed: z.int(),
    most: z.int().describe('No view is counted further than this.'),
  })
  .meta({ id: 'ConversationCounts' });

/** How many conversations some views have. */
export type ConversationCounts = z.output<typeof conversationCountsSchema>;

const person = z.object({ id: z.string(), name: z.string() });

/** Something that the team did with a conversation, or noted there. */
export const teamEventSchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    type: z.enum(teamEventTypes),
    by: person.describe('Who did it. The name is empty where the account is gone.'),
    text: z.string().optional().describe('Of a note.'),
    mentions: z.array(person).optional().describe('Whom a note tells.'),
    assignee: person.nullable().optional().describe('To whom it was assigned.'),
    until: z.iso.datetime().nullable().optional().describe('Until when it was snoozed.'),
  })
  .meta({ id: 'TeamEvent' });

/** Something that the team did with a conversation, or noted there. `at` is ISO 8601. */
export type TeamEvent = z.output<typeof teamEventSchema>;

/** Answer of GET /api/conversations/:id/team-events. */
export const teamEventPageSchema = pageOf(teamEventSchema);

const shortcut = z
  .string()
  .regex(/^[\p{L}\p{N}_-]{1,40}$/u, 'must be 1 to 40 letters, digits, "_" and "-"')
  .transform((value) => storedText(value).toLowerCase());

const cannedFields = {
  shortcut: shortcut.describe('What is typed after `/`.'),
  language: localeSchema.nullable().describe('Null for any language.'),
  text: written(limits.cannedReplyLength).describe(
    '`{{contact.name}}` and other fields of the contact are filled in; any other `{{…}}` is a blank that whoever answers fills.',
  ),
};

/** Body of POST /api/canned-replies. */
export const createCannedReplySchema = z.strictObject({
  ...cannedFields,
  language: cannedFields.language.default(null),
});

/** What makes a canned reply. */
export type CreateCannedReply = z.output<typeof createCannedReplySchema>;

/** Body of PATCH /api/canned-replies/:id: what is left out stays. */
export const updateCannedReplySchema = z.strictObject(cannedFields).partial();

/** What is changed of a canned reply. */
export type UpdateCannedReply = z.output<typeof updateCannedReplySchema>;

/** A text that a team often answers with. */
export const cannedReplySchema = z
  .object({
    id: z.string(),
    shortcut: z.string(),
    language: z.string().nullable(),
    text: z.string(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'CannedReply' });

/** A text that a team often answers with. */
export type CannedReply = z.output<typeof cannedReplySchema>;

/** Answer of GET /api/canned-replies. */
export const cannedReplyPageSchema = pageOf(cannedReplySchema);

/** Query of GET /api/canned-replies. */
export const listCannedRepliesSchema = listQuerySchema;
