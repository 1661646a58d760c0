import {
  contactPageSchema,
  contactSchema,
  createContactSchema,
  listContactsSchema,
  mergeContactSchema,
  unmergeContactSchema,
  updateContactSchema,
} from '@crmflow/contracts';
import { audit } from '../access/audit.js';
import { askOfClient } from '../ask.js';
import type { Deps } from '../deps.js';
import { idParams } from '../http/id-params.js';
import { type Route, route } from '../http/route.js';
import { contactResource, createContact, updateContact } from './change-contacts.js';
import { eraseContact } from './erase.js';
import { mergeContact, undoMerge } from './merge-contacts.js';
import { listContacts, readContact } from './read-contacts.js';

/** `/api/contacts`: the people outside the team. */
export function contactRoutes(
  deps: Pick<Deps, 'pool' | 'temporal' | 'budgets' | 'reads'>,
): Route[] {
  const { pool } = deps;
  const all = '/api/contacts';
  const one = `${all}/:id`;
  return [
    route({
      method: 'get',
      path: all,
      right: 'contact.read',
      docs: {
        tag: 'Contacts',
        summary: 'List contacts',
        description: 'The contacts of a workspace, those seen last first.',
        answers: { 200: contactPageSchema },
      },
      gate: deps.reads,
      query: listContactsSchema,
      handle: async ({ access, query }) => ({
        status: 200,
        body: await listContacts(pool, access.workspaceId, query),
      }),
    }),
    route({
      method: 'post',
      path: all,
      right: 'contact.change',
      docs: {
        tag: 'Contacts',
        summary: 'Create a contact',
        description: 'Whoever writes in a chat becomes a contact automatically.',
        example: { name: 'Ada Lovelace', email: 'ada@example.com', tags: ['vip'] },
        answers: { 201: contactSchema },
        problems: ['installation_full'],
      },
      body: createContactSchema,
      async handle({ access, body }) {
        const made = await createContact(deps, access, body);
        return { status: 201, body: made, headers: { Location: `${all}/${made.id}` } };
      },
    }),
    route({
      method: 'get',
      path: one,
      right: 'contact.read',
      of: 'contact',
      docs: { tag: 'Contacts', summary: 'Read a contact', answers: { 200: contactSchema } },
      params: idParams,
      handle: async ({ params }) => ({
        status: 200,
        body: await readContact(askOfClient(pool), params.id),
      }),
    }),
    route({
      method: 'patch',
      path: one,
      right: 'contact.change',
      of: 'contact',
      docs: {
        tag: 'Contacts',
        summary: 'Change a contact',
        description:
          'Fields that you leave out keep their value; `attributes` and `tags` are replaced as a whole. A contact that is `blocked` cannot write in any chat.',
        example: { tags: ['vip'], blocked: false },
        answers: { 200: contactSchema },
      },
      params: idParams,
      body: updateContactSchema,
      handle: async ({ access, params, body }) => ({
        status: 200,
        body: await updateContact(pool, access, params.id, body),
      }),
    }),
    route({
      method: 'delete',
      path: one,
      right: 'contact.delete',
      of: 'contact',
      docs: {
        tag: 'Contacts',
        summary: 'Erase a contact',
        description:
          'Deletes the contact and its conversations with their runs and transcripts, for good. After a 503, repeat the request: it continues where it stopped.',
        answers: { 204: null },
        problems: ['temporal_unavailable'],
      },
      params: idParams,
      async handle({ access, params: { id } }) {
        const act = { action: 'contact.delete', resource: contactResource(id) } as const;
        await eraseContact(deps, id, (tx) => audit(tx, access, act));
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: `${one}/merge`,
      right: 'contact.delete',
      of: 'contact',
      docs: {
        tag: 'Contacts',
        summary: 'Merge a contact into another',
        description:
          'Moves identities and conversations to the contact `intoId`, and returns that contact. It keeps its fields, and gets those that only this contact has. This contact is deleted. If either is blocked, the result is. It can be undone for 30 days.',
        example: { intoId: '01890a5d-ac96-774b-bcce-b302099a8057' },
        answers: { 200: contactSchema },
      },
      params: idParams,
      body: mergeContactSchema,
      handle: async ({ access, params, body }) => ({
        status: 200,
        body: await mergeContact(pool, access, params.id, body.intoId),
      }),
    }),
    route({
      method: 'post',
      path: `${one}/unmerge`,
      right: 'contact.delete',
      of: 'contact',
      docs: {
        tag: 'Contacts',
        summary: 'Undo a merge',
        description:
          'Undoes one of the `merges` of this contact, and returns the other one: it is there again with its ID, its fields and identities, and the conversations of these. This contact keeps its own fields, and what was changed since the merge.',
        example: { mergeId: '01890a5d-ac96-774b-bcce-b302099a8057' },
        answers: { 200: contactSchema },
      },
      params: idParams,
      body: unmergeContactSchema,
      handle: async ({ access, params, body }) => ({
        status: 200,
        body: await undoMerge(pool, access, params.id, body.mergeId),
      }),
    }),
  ];
}
