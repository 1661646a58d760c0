import {
  conversationCountsSchema,
  conversationDetailSchema,
  conversationEventPageSchema,
  conversationPageSchema,
  listConversationsSchema,
  listQuerySchema,
} from '@crmflow/contracts';
import type { Deps } from '../deps.js';
import { eventsQuery } from '../http/events-query.js';
import { idParams } from '../http/id-params.js';
import { type Route, route } from '../http/route.js';
import { actRoutes } from './act-routes.js';
import { cannedReplyRoutes } from './canned-reply-routes.js';
import { countViews } from './count-views.js';
import { listConversations, readConversation } from './read-conversations.js';
import { listConversationEvents } from './read-events.js';

/** `/api/conversations`, and those of one contact: what the team sees of them and does with them. */
export function conversationRoutes({ pool, reads }: Pick<Deps, 'pool' | 'reads'>): Route[] {
  const all = '/api/conversations';
  const one = `${all}/:id`;
  return [
    route({
      method: 'get',
      path: all,
      right: 'contact.read',
      docs: {
        tag: 'Conversations',
        summary: 'List conversations',
        description:
          'The conversations of a workspace in which a visitor has written, the last message first. `mine` are those assigned to you, `unassigned` those that nobody has. `waiting` are those whose visitor waits for a person, who has waited longest first. These three show none that are closed or snoozed. With `q`, those in which all of these words were said; the last word may be incomplete.',
        answers: { 200: conversationPageSchema },
      },
      gate: reads,
      query: listConversationsSchema,
      handle: async ({ access, query }) => ({
        status: 200,
        body: await listConversations(pool, access, query),
      }),
    }),
    route({
      method: 'get',
      path: `${all}/counts`,
      right: 'contact.read',
      docs: {
        tag: 'Conversations',
        summary: 'Count conversations',
        description:
          'How many conversations are in the views that a team works through. No view is counted beyond `most`.',
        answers: { 200: conversationCountsSchema },
      },
      gate: reads,
      handle: async ({ access }) => ({ status: 200, body: await countViews(pool, access) }),
    }),
    route({
      method: 'get',
      path: one,
      right: 'contact.read',
      of: 'conversation',
      docs: {
        tag: 'Conversations',
        summary: 'Read a conversation',
        description: 'With its runs, oldest first.',
        answers: { 200: conversationDetailSchema },
      },
      params: idParams,
      handle: async ({ access, params }) => ({
        status: 200,
        body: await readConversation(pool, access, params.id),
      }),
    }),
    route({
      method: 'get',
      path: `${one}/events`,
      right: 'transcript.read',
      of: 'conversation',
      docs: {
        tag: 'Conversations',
        summary: 'Read what was said in a conversation',
        description:
          'Returns the numbered events after `afterSeq`, in order, across all runs of the conversation. A page ends after about 1 MB, even below `limit`; `nextCursor` continues it.',
        answers: { 200: conversationEventPageSchema },
      },
      gate: reads,
      params: idParams,
      query: eventsQuery(1_000),
      handle: async ({ params, query: { afterSeq = 0, cursor = afterSeq, limit } }) => ({
        status: 200,
        body: await listConversationEvents(pool, params.id, { afterSeq: cursor, limit }),
      }),
    }),
    route({
      method: 'get',
      path: '/api/contacts/:id/conversations',
      right: 'contact.read',
      of: 'contact',
      docs: {
        tag: 'Conversations',
        summary: 'List the conversations of a contact',
        description: 'The last message first.',
        answers: { 200: conversationPageSchema },
      },
      gate: reads,
      params: idParams,
      query: listQuerySchema,
      handle: async ({ access, params, query }) => ({
        status: 200,
        body: await listConversations(pool, access, {
          ...query,
          view: 'all',
          contactId: params.id,
        }),
      }),
    }),
    ...actRoutes({ pool, reads }),
    ...cannedReplyRoutes({ pool }),
  ];
}
