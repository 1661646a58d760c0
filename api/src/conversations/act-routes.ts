import {
  assignConversationSchema,
  conversationSchema,
  noteConversationSchema,
  readConversationSchema,
  snoozeConversationSchema,
  teamEventPageSchema,
  teamEventSchema,
  listQuerySchema,
} from '@crmflow/contracts';
import type { Deps } from '../deps.js';
import { idParams } from '../http/id-params.js';
import { type Route, route } from '../http/route.js';
import { assign, close, markRead, note, reopen, snooze } from './act.js';
import { listTeamEvents } from './team-events.js';

const one = '/api/conversations/:id';
const tag = 'Conversations';
const answering = { right: 'conversation.answer', of: 'conversation', params: idParams } as const;

/** What a team does with a conversation besides answering. */
export function actRoutes({ pool, reads }: Pick<Deps, 'pool' | 'reads'>): Route[] {
  return [
    route({
      method: 'post',
      path: `${one}/assign`,
      ...answering,
      docs: {
        tag,
        summary: 'Assign a conversation',
        description:
          'To a member of the workspace who may answer, or to nobody with null. Who leads the conversation stays as it is.',
        example: { userId: null },
        answers: { 200: conversationSchema },
      },
      body: assignConversationSchema,
      handle: async ({ access, params, body }) => ({
        status: 200,
        body: await assign(pool, access, params.id, body.userId),
      }),
    }),
    route({
      method: 'post',
      path: `${one}/snooze`,
      ...answering,
      docs: {
        tag,
        summary: 'Snooze a conversation',
        description:
          'Puts it aside until a time, or until its visitor writes. Null ends the snooze. A closed conversation is open again afterwards.',
        example: { until: null },
        answers: { 200: conversationSchema },
      },
      body: snoozeConversationSchema,
      handle: async ({ access, params, body }) => ({
        status: 200,
        body: await snooze(pool, access, params.id, body.until),
      }),
    }),
    route({
      method: 'post',
      path: `${one}/close`,
      ...answering,
      docs: {
        tag,
        summary: 'Close a conversation',
        description:
          'For the team: nobody waits there any more. Its run continues; the next message of the visitor opens it again.',
        answers: { 200: conversationSchema },
      },
      handle: async ({ access, params }) => ({
        status: 200,
        body: await close(pool, access, params.id),
      }),
    }),
    route({
      method: 'post',
      path: `${one}/reopen`,
      ...answering,
      docs: { tag, summary: 'Reopen a conversation', answers: { 200: conversationSchema } },
      handle: async ({ access, params }) => ({
        status: 200,
        body: await reopen(pool, access, params.id),
      }),
    }),
    route({
      method: 'post',
      path: `${one}/read`,
      ...answering,
      docs: {
        tag,
        summary: 'Mark a conversation as read',
        description: 'Up to a number of its events; what the visitor said after it stays unread.',
        example: { seq: 0 },
        answers: { 204: null },
      },
      body: readConversationSchema,
      async handle({ access, params, body }) {
        await markRead(pool, access, params.id, body.seq);
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: `${one}/notes`,
      ...answering,
      docs: {
        tag,
        summary: 'Write a note',
        description: 'For the team: visitors never see it.',
        example: { text: 'Prefers mornings.' },
        answers: { 201: teamEventSchema },
        problems: ['notes_full'],
      },
      body: noteConversationSchema,
      handle: async ({ access, params, body }) => ({
        status: 201,
        body: await note(pool, access, params.id, body.text),
      }),
    }),
    route({
      method: 'get',
      path: `${one}/team-events`,
      right: 'transcript.read',
      of: 'conversation',
      docs: {
        tag,
        summary: 'List notes and acts of the team',
        description:
          'What the team noted in a conversation and did with it, oldest first. Visitors see none of it, so it has no number among their events.',
        answers: { 200: teamEventPageSchema },
      },
      gate: reads,
      params: idParams,
      query: listQuerySchema,
      handle: async ({ params, query }) => ({
        status: 200,
        body: await listTeamEvents(pool, params.id, query),
      }),
    }),
  ];
}
