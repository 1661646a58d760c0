import { z } from 'zod';
import { offeredChoiceSchema, expectationSchema } from '../run/parts.js';
import { sendMessageSchema, startRunSchema } from '../run/request.js';
import { localeSchema, text, timezoneSchema } from '../fields/identifiers.js';
import { storedText } from '../text.js';
import { pageOf } from './list.js';

/** Who speaks in a conversation, as visitors see it. */
export const speakers = ['visitor', 'flow', 'operator'] as const;

/** What each numbered event of a conversation carries: all that a visitor ever sees of a run. */
export const conversationEventSchemas = {
  message: z
    .object({
      id: z.string().describe("Of a visitor's message: the `messageId` that it was sent with."),
      role: z.enum(speakers),
      name: z.string().optional().describe('Of a person of the team.'),
      text: z.string(),
      sources: z
        .array(z.object({ name: z.string(), url: z.string().optional() }))
        .optional()
        .describe('What the answer is based on.'),
    })
    .describe('A message.'),
  waiting: z
    .object({
      expect: expectationSchema,
      choices: z.array(offeredChoiceSchema).optional(),
      deadline: z.iso.datetime().optional(),
    })
    .describe('The flow waits for a reply.'),
  control: z
    .object({ by: z.enum(['flow', 'operator']), name: z.string().optional() })
    .describe('Who answers from here on.'),
  finished: z.object({}).describe('The conversation has ended. A message starts it again.'),
} as const;

/** The types of numbered events of a conversation. */
export type ConversationEventType = keyof typeof conversationEventSchemas;

/** What each numbered event of a conversation carries. */
export type ConversationEventData = {
  [T in ConversationEventType]: z.output<(typeof conversationEventSchemas)[T]>;
};

/** One numbered event of a conversation: `seq` counts from 1 without gaps; `at` is ISO 8601. */
export type ConversationEvent = {
  [T in ConversationEventType]: { seq: number; at: string; type: T } & ConversationEventData[T];
}[ConversationEventType];

const eventOf = <T extends ConversationEventType>(type: T) =>
  z.object({
    seq: z.int().min(1).describe('Counts from 1 without gaps.'),
    at: z.iso.datetime(),
    type: z.literal(type),
    ...conversationEventSchemas[type].shape,
  });

/** One numbered event of a conversation, as REST and the stream give it out. */
export const conversationEventSchema = (
  z.discriminatedUnion('type', [
    eventOf('message'),
    eventOf('waiting'),
    eventOf('control'),
    eventOf('finished'),
  ]) as unknown as z.ZodType<ConversationEvent>
).meta({ id: 'ConversationEvent' });

/** What is live only: best effort, without a number. */
export const conversationLiveSchemas = {
  chunk: z
    .object({
      id: z.string().describe('Of the message that the text becomes.'),
      offset: z
        .int()
        .min(0)
        .describe('Position in the text, in UTF-16 units. 0: the text starts over.'),
      text: z.string(),
    })
    .describe('Part of a message that is being written.'),
  typing: z.object({ by: z.enum(['flow', 'operator']) }).describe('Somebody writes.'),
  queue: z
    .object({
      place: z
        .int()
        .min(1)
        .max(101)
        .nullable()
        .describe('101: anywhere behind the first 100. Null: the visitor no longer waits.'),
    })
    .describe('Which place the visitor has among those who wait for the team.'),
} as const;

/** What is live only of a conversation. */
export type ConversationLive = {
  [T in keyof typeof conversationLiveSchemas]: z.output<(typeof conversationLiveSchemas)[T]>;
};

/** Answer of GET …/conversations/:id/events. */
export const conversationEventPageSchema = pageOf(conversationEventSchema);

/** Answer of GET /api/public/chat/:slug: what the page needs to show itself. */
export const publicChatSchema = z
  .object({
    slug: z.string(),
    title: z.string(),
    welcome: z.string(),
    colour: z.string(),
    radius: z.int(),
    position: z.enum(['left', 'right']),
    avatarUrl: z.string().nullable(),
    locale: z.string().nullable(),
    identity: z.enum(['optional', 'required']),
    onReturn: z.enum(['resume', 'ask', 'new']),
    consent: z.object({ text: z.string(), version: z.string() }).nullable(),
    messageBytes: z.int().describe('How long a message may be, in bytes of UTF-8.'),
    isOpen: z.boolean().describe('Whether new conversations can begin.'),
    greets: z
      .boolean()
      .describe('Whether the flow speaks first: then a conversation begins before any message.'),
  })
  .meta({ id: 'PublicChat' });

/** What the page of a chat needs to show itself. */
export type PublicChat = z.output<typeof publicChatSchema>;

/** A solved challenge, as it is sent in `X-Proof-Of-Work`: base64 of its JSON. */
export const proofSolutionSchema = z.object({
  algorithm: z.literal('SHA-256'),
  challenge: z.string().length(64),
  number: z.int().min(0),
  salt: z.string().max(200),
  signature: z.string().length(64),
});

/** Body of POST …/visitors. */
export const createVisitorSchema = z.strictObject({
  identity: z
    .string()
    .max(8_000)
    .optional()
    .describe('A JWT of your site (HS256): `{sub, exp, name?, email?, attributes?}`.'),
});

/** Answer of POST …/visitors. */
export const visitorSchema = z
  .object({
    token: z.string().describe('Send it as `Authorization: Bearer`. Returned only once.'),
    visitorId: z.string(),
    verified: z.boolean().describe('Whether your site vouched for the visitor.'),
  })
  .meta({ id: 'Visitor' });

/** What the JWT of a site says of its visitor. */
export const visitorClaimsSchema = z.object({
  sub: z.string().min(1).max(200),
  exp: z.number(),
  iat: z.number().optional(),
  name: text(200).optional(),
  email: text(300).optional(),
  attributes: z
    .record(
      z.string().max(100),
      z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()]),
    )
    .refine((value) => Object.keys(value).length <= 50, 'must not have more than 50 entries')
    .optional(),
});

/** What the JWT of a site says of its visitor. */
export type VisitorClaims = z.output<typeof visitorClaimsSchema>;

/** Body of POST …/conversations. */
export const createConversationSchema = z.strictObject({
  requestId: startRunSchema.shape.requestId.unwrap(),
  input: startRunSchema.shape.input,
  locale: localeSchema.optional().describe("The language of the visitor's browser."),
  timezone: timezoneSchema.optional(),
  consent: text(50).optional().describe('The version of the text that the visitor agreed to.'),
});

/** What begins a conversation. */
export type CreateConversation = z.output<typeof createConversationSchema>;

/** Answer of POST …/conversations. */
export const conversationCreatedSchema = z.object({ conversationId: z.string() });

/** A conversation as its visitor sees it in a list. */
export const visitorConversationSchema = z
  .object({
    id: z.string(),
    isFinished: z.boolean(),
    lastSeq: z.int(),
    lastMessage: z.object({ role: z.enum(speakers), text: z.string() }).nullable(),
    lastMessageAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'VisitorConversation' });

/** A conversation as its visitor sees it in a list. */
export type VisitorConversation = z.output<typeof visitorConversationSchema>;

/** Answer of GET …/conversations. */
export const visitorConversationPageSchema = pageOf(visitorConversationSchema);

/** Body of POST …/messages. */
export const visitorMessageSchema = z.strictObject({
  messageId: sendMessageSchema.shape.messageId,
  text: sendMessageSchema.shape.message,
});

/** What a visitor says. */
export type VisitorMessage = z.output<typeof visitorMessageSchema>;

/** Body of POST …/rating. */
export const ratingSchema = z.strictObject({
  score: z.int().min(1, 'must be 1 to 5').max(5, 'must be 1 to 5'),
  text: text(2_000).transform(storedText).optional(),
});

/** Answer of GET …/me: all that is known of a visitor. */
export const visitorExportSchema = z
  .object({
    visitorId: z.string(),
    verified: z.boolean(),
    contact: z
      .object({
        name: z.string(),
        email: z.string().nullable(),
        phone: z.string().nullable(),
        locale: z.string().nullable(),
        timezone: z.string().nullable(),
        attributes: z.record(z.string(), z.unknown()),
        consent: z.array(z.unknown()),
        createdAt: z.iso.datetime(),
        lastSeenAt: z.iso.datetime(),
      })
      .nullable(),
    conversations: z.array(
      z.object({
        id: z.string(),
        createdAt: z.iso.datetime(),
        rating: z.unknown(),
        events: z.array(conversationEventSchema),
      }),
    ),
  })
  .meta({ id: 'VisitorExport' });

/** All that is known of a visitor. Times are ISO 8601. */
export type VisitorExport = z.output<typeof visitorExportSchema>;
