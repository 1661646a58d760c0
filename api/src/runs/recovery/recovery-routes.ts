import {
  forkRunSchema,
  migratedSchema,
  migrateRunSchema,
  retriedSchema,
  retryRunSchema,
  runStartedSchema,
} from '@crmflow/contracts';
import type { Deps, RunDeps } from '../../deps.js';
import { runParams } from '../../http/id-params.js';
import { type Route, route } from '../../http/route.js';
import type { RateLimit } from '../../rate-limits/create-rate-limit.js';
import { runBudgetProblems } from '../../usage/budgets.js';
import { forkRun } from './fork-run.js';
import { migrateRun } from './migrate-run.js';
import { retryRun } from './retry-run.js';

/**
 * The addresses by which a run is retried, forked and moved to another version.
 * @param runLimit counts retries and forks too: each costs what a start costs
 */
export function recoveryRoutes(
  deps: RunDeps & Pick<Deps, 'budgets'>,
  runLimit: RateLimit,
): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/runs/:runId/retry',
      right: 'run.command',
      of: 'run',
      docs: {
        tag: 'Runs',
        summary: 'Retry a failed run',
        description:
          'Continues the run from the node that failed, or from an earlier node that it visited. It keeps its ID, and `seq` continues. Variables are restored to their values before that node; the transcript is kept. A failed call is repeated with the same `Idempotency-Key`.',
        answers: { 202: retriedSchema },
        problems: [
          ...runBudgetProblems,
          ...(['run_not_failed', 'node_unreached', 'node_missing'] as const),
          ...(['flow_invalid'] as const),
        ],
      },
      limit: runLimit,
      params: runParams,
      body: retryRunSchema,
      handle: async ({ access, params, body }) => ({
        status: 202,
        body: await retryRun(deps, access, params.runId, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/runs/:runId/fork',
      right: 'run.command',
      of: 'run',
      docs: {
        tag: 'Runs',
        summary: 'Fork a run',
        description:
          'Starts a new run from a node that this run visited, with the state it had there. This run is not changed; its log up to that point is copied. Set `version` to continue on another version of the flow, and `repeatMessages` to send the later messages of the customer again. Repeating a `requestId` returns the same run with 200.',
        answers: { 201: runStartedSchema, 200: runStartedSchema },
        problems: [
          ...runBudgetProblems,
          ...(['node_unreached', 'node_missing', 'no_version', 'flow_invalid'] as const),
          ...(['queue_full', 'request_id_reused'] as const),
        ],
      },
      limit: runLimit,
      params: runParams,
      body: forkRunSchema,
      async handle({ access, params, body }) {
        const { runId, created } = await forkRun(deps, access, params.runId, body);
        return { status: created ? 201 : 200, body: { runId } };
      },
    }),
    route({
      method: 'post',
      path: '/api/runs/:runId/migrate',
      right: 'run.command',
      of: 'run',
      docs: {
        tag: 'Runs',
        summary: 'Move a run to another version',
        description:
          'Moves a run that is waiting, sleeping or paused to another published version of its flow, at the node where it is. Its deadline is kept; what it expects and where it continues come from the new version. Answers once the run has confirmed, and is safe to repeat.',
        answers: { 200: migratedSchema },
        problems: [
          ...(['run_finished', 'not_waiting', 'node_missing', 'no_version'] as const),
          ...(['flow_invalid', 'variables_too_large'] as const),
        ],
      },
      params: runParams,
      body: migrateRunSchema,
      handle: async ({ params, body }) => ({
        status: 200,
        body: await migrateRun(deps, params.runId, body),
      }),
    }),
  ];
}
