import { retriedSchema, retryRunSchema } from '@crmflow/contracts';
import { runParams } from '../../http/id-params.js';
import { type Route, route } from '../../http/route.js';
import type { LaunchDeps } from '../launch.js';
import { retryRun } from './retry-run.js';

/** The addresses by which a run is retried, forked and moved to another version. */
export function recoveryRoutes(deps: LaunchDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/runs/:runId/retry',
      docs: {
        tag: 'Runs',
        summary: 'Retry a failed run',
        description:
          'From the node that failed, or from an earlier one that it has reached. It stays the same run, and its numbers go on. It knows again what it knew before that node; what was said stays said. A call that failed is made again with the same `Idempotency-Key`.',
        answers: { 202: retriedSchema },
        problems: ['run_not_failed', 'node_unreached', 'node_missing', 'flow_invalid'],
      },
      params: runParams,
      body: retryRunSchema,
      handle: async ({ principal, params, body }) => ({
        status: 202,
        body: await retryRun(deps, principal, params.runId, body),
      }),
    }),
  ];
}
