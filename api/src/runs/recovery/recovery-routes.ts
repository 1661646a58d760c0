import {
  forkRunSchema,
  migratedSchema,
  migrateRunSchema,
  retriedSchema,
  retryRunSchema,
  runStartedSchema,
} from '@crmflow/contracts';
import { runParams } from '../../http/id-params.js';
import { type Route, route } from '../../http/route.js';
import type { RateLimit } from '../../rate-limits/create-rate-limit.js';
import { forkRun } from './fork-run.js';
import { type MigrateDeps, migrateRun } from './migrate-run.js';
import { retryRun } from './retry-run.js';

/**
 * The addresses by which a run is retried, forked and moved to another version.
 * @param startLimit counts retries and forks too: each costs what a start costs
 */
export function recoveryRoutes(deps: MigrateDeps, startLimit: RateLimit): Route[] {
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
        problems: [
          ...(['run_not_failed', 'node_unreached', 'node_missing'] as const),
          ...(['flow_invalid', 'rate_limited'] as const),
        ],
      },
      limit: startLimit,
      params: runParams,
      body: retryRunSchema,
      handle: async ({ principal, params, body }) => ({
        status: 202,
        body: await retryRun(deps, principal, params.runId, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/runs/:runId/fork',
      docs: {
        tag: 'Runs',
        summary: 'Fork a run',
        description:
          'Begins a new run from a node that this one has reached, with the state there; this one stays as it is. The log of the new one begins with a copy. With `version` it goes on by another version of the flow, and with `repeatMessages` it hears again what the visitor said after that point. The same `requestId` again answers the same run with 200.',
        answers: { 201: runStartedSchema, 200: runStartedSchema },
        problems: [
          ...(['node_unreached', 'node_missing', 'no_version', 'flow_invalid'] as const),
          ...(['queue_full', 'request_id_reused', 'rate_limited'] as const),
        ],
      },
      limit: startLimit,
      params: runParams,
      body: forkRunSchema,
      async handle({ principal, params, body }) {
        const { runId, created } = await forkRun(deps, principal, params.runId, body);
        return { status: created ? 201 : 200, body: { runId } };
      },
    }),
    route({
      method: 'post',
      path: '/api/runs/:runId/migrate',
      docs: {
        tag: 'Runs',
        summary: 'Move a run to another version',
        description:
          'A run that waits for a reply, sleeps, or is paused goes on by another published version of its flow, from where it is. Its deadline stays; what it expects, and where it goes from there, come from the new version. Answered once the run has told so; safe to repeat.',
        answers: { 200: migratedSchema },
        problems: [
          ...(['run_finished', 'not_waiting', 'node_missing', 'no_version'] as const),
          ...(['flow_invalid', 'variables_too_large'] as const),
        ],
      },
      params: runParams,
      body: migrateRunSchema,
      handle: async ({ principal, params, body }) => ({
        status: 200,
        body: await migrateRun(deps, principal, params.runId, body),
      }),
    }),
  ];
}
