import {
  cannedReplyPageSchema,
  cannedReplySchema,
  createCannedReplySchema,
  listCannedRepliesSchema,
  updateCannedReplySchema,
} from '@crmflow/contracts';
import type { Deps } from '../deps.js';
import { idParams } from '../http/id-params.js';
import { type Route, route } from '../http/route.js';
import {
  createCannedReply,
  deleteCannedReply,
  listCannedReplies,
  updateCannedReply,
} from './canned-replies.js';

const all = '/api/canned-replies';
const one = `${all}/:id`;
const tag = 'Conversations';
const example = {
  shortcut: 'hours',
  language: 'en',
  text: 'Hello {{contact.name}}, we are there until {{time}}.',
};

/** `/api/canned-replies`: the texts that a team often answers with. */
export function cannedReplyRoutes({ pool }: Pick<Deps, 'pool'>): Route[] {
  return [
    route({
      method: 'get',
      path: all,
      right: 'canned.list',
      docs: {
        tag,
        summary: 'List canned replies',
        description: 'The texts that a team often answers with, the newest first.',
        answers: { 200: cannedReplyPageSchema },
      },
      query: listCannedRepliesSchema,
      handle: async ({ access, query }) => ({
        status: 200,
        body: await listCannedReplies(pool, access.workspaceId, query),
      }),
    }),
    route({
      method: 'post',
      path: all,
      right: 'canned.change',
      docs: {
        tag,
        summary: 'Create a canned reply',
        description: 'A shortcut is unique within its language.',
        example,
        answers: { 201: cannedReplySchema },
        problems: ['shortcut_taken', 'canned_replies_full'],
      },
      body: createCannedReplySchema,
      async handle({ access, body }) {
        const made = await createCannedReply(pool, access, body);
        return { status: 201, body: made };
      },
    }),
    route({
      method: 'patch',
      path: one,
      right: 'canned.change',
      of: 'cannedReply',
      docs: {
        tag,
        summary: 'Change a canned reply',
        description: 'Fields that you leave out keep their value.',
        example: { text: 'Hello {{contact.name}}!' },
        answers: { 200: cannedReplySchema },
        problems: ['shortcut_taken'],
      },
      params: idParams,
      body: updateCannedReplySchema,
      handle: async ({ access, params, body }) => ({
        status: 200,
        body: await updateCannedReply(pool, access, params.id, body),
      }),
    }),
    route({
      method: 'delete',
      path: one,
      right: 'canned.change',
      of: 'cannedReply',
      docs: { tag, summary: 'Delete a canned reply', answers: { 204: null } },
      params: idParams,
      async handle({ access, params }) {
        await deleteCannedReply(pool, access, params.id);
        return { status: 204 };
      },
    }),
  ];
}
