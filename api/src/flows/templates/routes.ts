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
      right: 'flow.list',
      docs: {
        tag: 'Flows',
        summary: 'List templates',
        description:
          'Built-in templates first, then flows marked as templates: yours, and the public ones of all users. Clone a template to start from it.',
        answers: { 200: templatePageSchema },
      },
      query: listTemplatesSchema,
      handle: async ({ access, query }) => ({
        status: 200,
        body: await templates.list(access.workspaceId, query),
      }),
    }),
    route({
      method: 'get',
      path: '/api/templates/:id',
      right: 'flow.list',
      docs: {
        tag: 'Flows',
        summary: 'Read a template',
        description: 'A built-in template, one of yours, or a public one.',
        answers: { 200: templateSchema },
      },
      params: idParams,
      handle: async ({ access, params }) => ({
        status: 200,
        body: await templates.read(access.workspaceId, params.id),
      }),
    }),
  ];
}
