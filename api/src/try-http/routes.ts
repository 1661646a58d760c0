import { triedHttpSchema, tryHttpSchema } from '@crmflow/contracts';
import type { Deps } from '../deps.js';
import { idParams } from '../http/id-params.js';
import { type Route, route } from '../http/route.js';
import { createUserLimit } from '../rate-limits/user-limits.js';
import { tryHttp } from './try-http.js';

/** `/api/workflows/:id/try-http`: one request of an integration node, outside of a run. */
export function tryHttpRoutes(
  deps: Pick<Deps, 'db' | 'pool' | 'temporal' | 'config' | 'logger'>,
): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/workflows/:id/try-http',
      right: 'run.start',
      of: 'flow',
      docs: {
        tag: 'Flows',
        summary: 'Test an HTTP request',
        description:
          'Sends the request of an integration node once, to the real service, with the stored key that it names. Expressions, blocked addresses and limits are the same as in a run, except that the timeout is at most 30 seconds and nothing is retried. The response of the service is returned whatever its status; a run would leave by `error` at 400 or more.',
        example: {
          data: { method: 'GET', url: 'https://api.example.com/people/{{ vars.id }}' },
          vars: { id: 7 },
        },
        answers: { 200: triedHttpSchema },
        problems: [
          'flow_invalid',
          'expression_failed',
          'egress_refused',
          'http_failed',
          'http_timeout',
          'http_too_large',
          'key_missing',
          'key_host_refused',
        ],
      },
      limit: createUserLimit(deps, 'try-http'),
      params: idParams,
      body: tryHttpSchema,
      handle: async ({ access, params, body }) => ({
        status: 200,
        body: await tryHttp(deps, access.workspaceId, params.id, body),
      }),
    }),
  ];
}
