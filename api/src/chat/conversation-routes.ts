import {
  conversationCreatedSchema,
  conversationEventPageSchema,
  createConversationSchema,
  type ErrorCode,
  listQuerySchema,
  messageAcceptedSchema,
  ratingSchema,
  visitorConversationPageSchema,
  visitorMessageSchema,
} from '@crmflow/contracts';
import { publish, readStory } from '@crmflow/db';
import { z } from 'zod';
import { slugPattern } from '../deployments/slug.js';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { wantsEvents } from '../http/event-stream.js';
import { eventNumber, eventsQuery } from '../http/events-query.js';
import { idPattern } from '../http/id-params.js';
import type { Route } from '../http/route.js';
import { createTally } from '../tally.js';
import { runBudgetProblems } from '../usage/budgets.js';
import { type VisitorDeps, visitorRoute } from './chat-route.js';
import type { Chat } from './chats.js';
import { beginConversation, type ConversationDeps, say } from './conversations.js';
import { followStory } from './follow-story.js';
import { listOwn, rate, requireOwn } from './own-conversations.js';
import { type ProofOfWork, proofHeader } from './proof-of-work.js';
import { requireWelcome } from './visitors.js';

/** What the routes of a visitor's conversations are built from. */
export type ConversationRouteDeps = ConversationDeps & Pick<Deps, 'config' | 'visitors'>;

/** `/:slug` of an address. */
export const chatParams = z.object({ slug: z.string().regex(slugPattern) });
const conversationParams = chatParams.extend({ id: z.string().regex(idPattern) });

const runProblems: readonly ErrorCode[] = [
  'contact_blocked',
  'no_version',
  'flow_invalid',
  'temporal_unavailable',
  'rate_limited',
  ...runBudgetProblems,
];

/** Streams of one process, whoever they are of. */
const mostStreams = 5_000;

/** The conversations of a visitor at a chat: begin, follow, speak, rate. */
export function conversationRoutes(
  deps: ConversationRouteDeps & VisitorDeps & { proof: ProofOfWork },
): Route[] {
  const { pool, limiter, proof } = deps;
  const streams = createTally(Infinity);
  const countStreams = ({ settings: { limits } }: Chat, key: string) => {
    const { rateLimits } = deps.config;
    if (rateLimits && deps.visitors.count() >= mostStreams) {
      const detail = 'Too many pages are open at the moment. Try again in a minute.';
      throw new AppError('over_limit', detail, { retryAfterSeconds: 60 });
    }
    if (rateLimits && streams.count(key) >= limits.streamsPerAddress) {
      const detail = 'Too many pages of this chat are open in your network. Close some.';
      throw new AppError('over_limit', detail, { retryAfterSeconds: 30 });
    }
    return streams.add(key);
  };
  return [
    visitorRoute(deps, {
      method: 'get',
      path: '/api/public/chat/:slug/conversations',
      docs: {
        tag: 'Chat',
        summary: 'List your conversations',
        description: 'The conversations of the visitor at this chat, newest first.',
        answers: { 200: visitorConversationPageSchema },
      },
      params: chatParams,
      query: listQuerySchema,
      async handle({ visitor, query }) {
        return { status: 200, body: await listOwn(pool, visitor, query) };
      },
    }),
    visitorRoute(deps, {
      method: 'post',
      path: '/api/public/chat/:slug/conversations',
      docs: {
        tag: 'Chat',
        summary: 'Begin a conversation',
        description:
          'Repeating a `requestId` returns the same conversation with 200. For `proof_required` see “Become a visitor”.',
        example: { requestId: 'c-1' },
        answers: { 201: conversationCreatedSchema, 200: conversationCreatedSchema },
        problems: [
          ...([
            'deployment_paused',
            'proof_required',
            'consent_required',
            'request_id_reused',
          ] as const),
          ...runProblems,
        ],
      },
      params: chatParams,
      body: createConversationSchema,
      async handle({ visitor, body, address, request }) {
        const { chat, isVerified } = visitor;
        const admit = async () => {
          if (!isVerified) {
            await proof.require('conversation', chat, address, request.get(proofHeader));
          }
          await limiter.begin(`${chat.id} ${address}`, chat.settings.limits.conversationsPerHour);
        };
        const { conversationId, created } = await beginConversation(deps, visitor, body, admit);
        return { status: created ? 201 : 200, body: { conversationId } };
      },
    }),
    visitorRoute(deps, {
      method: 'get',
      path: '/api/public/chat/:slug/conversations/:id/events',
      docs: {
        tag: 'Chat',
        summary: 'Read or follow a conversation',
        description:
          'With `Accept: text/event-stream` the events follow as they come: `id` is their number, and `Last-Event-ID` or `afterSeq` continues after one. `chunk` and `typing` carry no number.',
        answers: {
          200: {
            'application/json': conversationEventPageSchema,
            'text/event-stream': z.string(),
          },
        },
      },
      params: conversationParams,
      query: eventsQuery(200),
      async handle({ visitor, params, query, request, address }) {
        const { id } = await requireOwn(pool, visitor, params.id);
        const seen = eventNumber.safeParse(request.headers['last-event-id']);
        const afterSeq = query.cursor ?? (seen.success ? seen.data : (query.afterSeq ?? 0));
        if (!wantsEvents(request)) {
          const { limit } = query;
          const page = await readStory(pool, id, afterSeq, limit);
          const items = page?.events ?? [];
          const last = items.at(-1)?.seq ?? afterSeq;
          const nextCursor = page && last < page.lastSeq && items.length > 0 ? `${last}` : null;
          return { status: 200, body: { items, nextCursor } };
        }
        const leave = countStreams(visitor.chat, `${visitor.chat.id} ${address}`);
        const follow = followStory(deps, id, afterSeq);
        return {
          status: 200,
          stream: (send, signal, drained) => follow(send, signal, drained).finally(leave),
        };
      },
    }),
    visitorRoute(deps, {
      method: 'post',
      path: '/api/public/chat/:slug/conversations/:id/messages',
      docs: {
        tag: 'Chat',
        summary: 'Send a message',
        description:
          'Accepted once it is stored. Repeating a `messageId` has no effect. A message to a conversation that has ended starts its flow again.',
        example: { messageId: 'm-1', text: 'Hello!' },
        answers: { 202: messageAcceptedSchema },
        problems: ['message_too_large', 'queue_full', 'run_finished', ...runProblems],
      },
      params: conversationParams,
      body: visitorMessageSchema,
      count: ({ id, chat }) => limiter.say(id, chat.settings.limits.messagesPer10Minutes),
      async handle({ visitor, params, body }) {
        const conversation = await requireOwn(pool, visitor, params.id);
        return { status: 202, body: await say(deps, visitor, conversation, body) };
      },
    }),
    visitorRoute(deps, {
      method: 'post',
      path: '/api/public/chat/:slug/conversations/:id/typing',
      docs: {
        tag: 'Chat',
        summary: 'Tell that you are typing',
        answers: { 204: null },
      },
      params: conversationParams,
      async handle({ visitor, params }) {
        const { id: conversationId, contactId } = await requireOwn(pool, visitor, params.id);
        await pool.query(`UPDATE "Contact" SET "lastSeenAt" = now() WHERE id = $1`, [
          visitor.contactId,
        ]);
        // The team sees none in which nothing was said.
        const { workspaceId } = visitor.chat;
        if (contactId === null) return { status: 204 };
        await publish(pool, { kind: 'typing', workspaceId, conversationId, by: 'visitor' });
        return { status: 204 };
      },
    }),
    visitorRoute(deps, {
      method: 'post',
      path: '/api/public/chat/:slug/conversations/:id/rating',
      docs: {
        tag: 'Chat',
        summary: 'Rate a conversation',
        example: { score: 5, text: 'Quick and friendly.' },
        answers: { 204: null },
        problems: ['contact_blocked'],
      },
      params: conversationParams,
      body: ratingSchema,
      async handle({ visitor, params, body }) {
        requireWelcome(visitor);
        const { id } = await requireOwn(pool, visitor, params.id);
        await rate(pool, id, body);
        return { status: 204 };
      },
    }),
  ];
}
