import { z } from 'zod';
import { line, localeSchema, text, timezoneSchema } from '../fields/identifiers.js';
import { jsonBytes, jsonValueSchema } from '../json.js';
import { conversationControls, conversationStatuses, conversationViews } from '../kinds.js';
import { knowledgeSourceSchema } from '../knowledge/passage.js';
import { usageSchema } from '../run/parts.js';
import { runStatusSchema } from '../run/status.js';
import { storedText } from '../text.js';
import { email } from './auth.js';
import { speakers } from './chat.js';
import { listQuerySchema, pageOf } from './list.js';

const tag = line(50).refine((value) => value !== '', 'must not be empty');

const attributes = z
  .record(text(100), jsonValueSchema)
  .refine((value) => jsonBytes(value) <= 16_000, 'must not be larger than 16 kB');

/** A person outside the team. */
export const contactSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    locale: z.string().nullable(),
    timezone: z.string().nullable(),
    attributes: z.record(z.string(), jsonValueSchema),
    tags: z.array(z.string()),
    consent: z.array(
      z.object({
        deploymentId: z.string(),
        version: z.string(),
        text: z.string(),
        at: z.iso.datetime(),
      }),
    ),
    blockedAt: z.iso.datetime().nullable().describe('When the contact was blocked. Null if not.'),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    identities: z.array(
      z.object({
        id: z.string(),
        kind: z.string().describe('`visitor` is a browser, `external` a user of your site.'),
        deploymentId: z.string(),
        value: z.string(),
        verifiedAt: z.iso.datetime().nullable(),
      }),
    ),
    merges: z
      .array(
        z.object({
          id: z.string(),
          contactId: z.string(),
          name: z.string(),
          email: z.string().nullable(),
          at: z.iso.datetime(),
        }),
      )
      .describe(
        'Contacts that were merged into this one and can be separated again, newest first.',
      ),
  })
  .meta({ id: 'Contact' });

/** A person outside the team. Times are ISO 8601. */
export type Contact = z.output<typeof contactSchema>;

/** Answer of GET /api/contacts. */
export const contactPageSchema = pageOf(contactSchema);

const contactFields = {
  name: line(200),
  email: email.nullable(),
  phone: line(50).nullable(),
  locale: localeSchema.nullable(),
  timezone: timezoneSchema.nullable(),
  attributes,
  tags: z.array(tag).max(50, 'must not be more than 50'),
};

/** Body of POST /api/contacts. */
export const createContactSchema = z.strictObject(contactFields).partial();

/** Body of PATCH /api/contacts/:id: what is left out stays. */
export const updateContactSchema = z
  .strictObject({ ...contactFields, blocked: z.boolean() })
  .partial();

/** What is changed of a contact. */
export type UpdateContact = z.output<typeof updateContactSchema>;

/** Query of GET /api/contacts. */
export const listContactsSchema = listQuerySchema.extend({
  q: text(200).optional().describe('Part of a name, an email address or a phone number.'),
  tag: text(50).optional(),
});

/** Which contacts. */
export type ListContacts = z.output<typeof listContactsSchema>;

/** Body of POST /api/contacts/:id/merge. */
export const mergeContactSchema = z.strictObject({ intoId: z.string().min(1).max(200) });

/** Body of POST /api/contacts/:id/unmerge. */
export const unmergeContactSchema = z.strictObject({ mergeId: z.string().min(1).max(200) });

/** What one contact and a flow say to each other at one deployment. */
export const conversationSchema = z
  .object({
    id: z.string(),
    contactId: z.string(),
    contact: z.object({ id: z.string(), name: z.string(), email: z.string().nullable() }),
    deploymentId: z.string(),
    deploymentName: z.string(),
    workflowId: z.string(),
    workflowName: z.string(),
    currentRunId: z.string().nullable(),
    runStatus: runStatusSchema.nullable().describe('Of the current run.'),
    control: z.enum(conversationControls),
    status: z.enum(conversationStatuses),
    assigneeId: z.string().nullable(),
    assigneeName: z.string().nullable(),
    heldBy: z
      .object({ userId: z.string(), name: z.string() })
      .nullable()
      .describe('Who has taken it over and may write to the visitor.'),
    unread: z.int().describe('Messages of the visitor that nobody of the team has read.'),
    waitingSince: z.iso.datetime().nullable(),
    snoozedUntil: z.iso
      .datetime()
      .nullable()
      .describe('Until when it is put aside, unless the visitor writes before.'),
    lastMessageAt: z.iso.datetime().nullable(),
    lastMessage: z.object({ role: z.enum(speakers), text: z.string() }).nullable(),
    rating: z
      .object({ score: z.int(), text: z.string().optional(), at: z.iso.datetime() })
      .nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Conversation' });

/** What one contact and a flow say to each other at one deployment. Times are ISO 8601. */
export type Conversation = z.output<typeof conversationSchema>;

/** Answer of GET /api/conversations. */
export const conversationPageSchema = pageOf(conversationSchema);

/** What a model would say to a visitor next; nobody has said it. */
export const suggestionSchema = z
  .object({
    text: z.string(),
    sources: z
      .array(knowledgeSourceSchema)
      .describe('Sources of the passages that the model was given.'),
    usage: usageSchema,
    at: z.iso.datetime(),
  })
  .meta({ id: 'Suggestion' });

/** What a model would say to a visitor next; nobody has said it. `at` is ISO 8601. */
export type Suggestion = z.output<typeof suggestionSchema>;

/** Answer of GET /api/conversations/:id: with the runs that it consists of, oldest first. */
export const conversationDetailSchema = conversationSchema
  .extend({
    suggestion: suggestionSchema
      .nullable()
      .describe(
        'What the model was about to say when a person took over, until that person has answered.',
      ),
    runs: z.array(
      z.object({ runId: z.string(), status: runStatusSchema, startedAt: z.iso.datetime() }),
    ),
  })
  .meta({ id: 'ConversationDetail' });

/** A conversation with the runs that it consists of. */
export type ConversationDetail = z.output<typeof conversationDetailSchema>;

/** Query of GET /api/conversations. */
export const listConversationsSchema = listQuerySchema.extend({
  view: z.enum(conversationViews).default('all'),
  q: text(200).transform(storedText).optional().describe('Words that were said.'),
  deploymentId: z.string().max(200).optional(),
  workflowId: z.string().max(200).optional(),
});

/** Which conversations. */
export type ListConversations = z.output<typeof listConversationsSchema>;
