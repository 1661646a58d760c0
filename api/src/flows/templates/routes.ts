import { listTemplatesSchema, templatePageSchema, templateSchema } from '@crmflow/contracts';
import type { Deps } from '../../deps.js';
import { idParams } from '../../http/id-params.js';
import { type Route, route } from '../../http/route.js';
import { createTemplates } from './templates.js';

/** `/api/templates`: flows to start from. */
export function templateRoutes(deps: Pick<Deps, 'db'>): Route[] {
  const templates = createTemplates(deps);
  return [
    route({
      method: 'get',
      path: '/api/templates',
      docs: {
        tag: 'Flows',
        summary: 'List templates',
        description:
          'Those that come with the product first, then flows that are marked as templates: your own and the public ones of everyone. To start from one, clone it.',
        answers: { 200: templatePageSchema },
      },
      query: listTemplatesSchema,
      handle: async ({ principal, query }) => ({
        status: 200,
        body: await templates.list(principal.userId, query),
      }),
    }),
    route({
      method: 'get',
      path: '/api/templates/:id',
      docs: {
        tag: 'Flows',
        summary: 'Read a template',
        description: 'One of the product, one of your own, or a public one.',
        answers: { 200: templateSchema },
      },
      params: idParams,
      handle: async ({ principal, params }) => ({
        status: 200,
        body: await templates.read(principal.userId, params.id),
      }),
    }),
  ];
}
