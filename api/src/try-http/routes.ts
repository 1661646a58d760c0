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
      docs: {
        tag: 'Flows',
        summary: 'Try an HTTP request',
        description:
          'Sends the request of an integration node once, for real, with your stored key where it names one. Expressions, the guard against inner addresses and all limits are those of runs; a time-out is cut to 30 seconds, and it is not tried again. What the service answers is told whatever its status; a run would leave by `error` from 400 on.',
        example: {
          data: { method: 'GET', url: 'https://api.example.com/people/{{ vars.id }}' },
          vars: { id: 7 },
        },
        answers: { 200: triedHttpSchema },
        problems: [
          'flow_invalid',
          'rate_limited',
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
      handle: async ({ principal, params, body }) => ({
        status: 200,
        body: await tryHttp(deps, principal, params.id, body),
      }),
    }),
  ];
}
