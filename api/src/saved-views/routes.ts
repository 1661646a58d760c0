import {
  createSavedViewSchema,
  savedViewSchema,
  savedViewsSchema,
  updateSavedViewSchema,
} from '@crmflow/contracts';
import type { Deps } from '../deps.js';
import { idParams } from '../http/id-params.js';
import { type Route, route } from '../http/route.js';
import {
  createSavedView,
  deleteSavedView,
  listSavedViews,
  updateSavedView,
} from './saved-views.js';

/** `/api/saved-views`: the filters of conversations that each member keeps. */
export function savedViewRoutes({ pool, reads }: Pick<Deps, 'pool' | 'reads'>): Route[] {
  const all = '/api/saved-views';
  const one = `${all}/:id`;
  return [
    route({
      method: 'get',
      path: all,
      right: 'contact.read',
      docs: {
        tag: 'Conversations',
        summary: 'List your saved views',
        description:
          'The views of conversations that you have saved in a workspace, oldest first. Nobody else sees them. `filter` has the parameters of `GET /api/conversations`.',
        answers: { 200: savedViewsSchema },
      },
      gate: reads,
      handle: async ({ access }) => ({
        status: 200,
        body: { items: await listSavedViews(pool, access) },
      }),
    }),
    route({
      method: 'post',
      path: all,
      right: 'contact.read',
      docs: {
        tag: 'Conversations',
        summary: 'Save a view',
        description: 'A view stays until you delete it or leave the workspace.',
        example: { name: 'Refunds that wait', filter: { view: 'waiting', q: 'refund' } },
        answers: { 201: savedViewSchema },
        problems: ['name_taken', 'views_full'],
      },
      body: createSavedViewSchema,
      handle: async ({ access, body }) => ({
        status: 201,
        body: await createSavedView(pool, access, body),
      }),
    }),
    route({
      method: 'patch',
      path: one,
      right: 'contact.read',
      of: 'savedView',
      docs: {
        tag: 'Conversations',
        summary: 'Change a saved view',
        description: 'What you leave out stays; `filter` is replaced as a whole.',
        example: { name: 'Refunds' },
        answers: { 200: savedViewSchema },
        problems: ['name_taken'],
      },
      params: idParams,
      body: updateSavedViewSchema,
      handle: async ({ params, body }) => ({
        status: 200,
        body: await updateSavedView(pool, params.id, body),
      }),
    }),
    route({
      method: 'delete',
      path: one,
      right: 'contact.read',
      of: 'savedView',
      docs: {
        tag: 'Conversations',
        summary: 'Delete a saved view',
        description: 'The conversations that it shows stay.',
        answers: { 204: null },
      },
      params: idParams,
      async handle({ params }) {
        await deleteSavedView(pool, params.id);
        return { status: 204 };
      },
    }),
  ];
}
