import {
  cancellingSchema,
  eventPageSchema,
  listQuerySchema,
  listRunsSchema,
  messageAcceptedSchema,
  runFlowSchema,
  runPageSchema,
  runSnapshotSchema,
  runStartedSchema,
  sendMessageSchema,
  startRunSchema,
} from '@crmflow/contracts';
import { z } from 'zod';
import type { Deps, RunDeps } from '../deps.js';
import { idParams, runParams } from '../http/id-params.js';
import { type Route, route } from '../http/route.js';
import { createRunLimit, runBudgetProblems } from '../usage/run-limit.js';
import { cancelRun } from './cancel-run.js';
import { getSnapshot } from './get-snapshot.js';
import { listRuns } from './list-runs.js';
import { listEvents, readRunFlow } from './read-run.js';
import { recoveryRoutes } from './recovery/recovery-routes.js';
import { sendMessage } from './send-message.js';
import { startRun } from './start-run.js';
import { stepRoutes } from './steps/step-routes.js';

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^[0-9]{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(least, `must be ${least} or more`).max(most, `must be ${most} or less`));

const eventsQuery = z.object({
  afterSeq: wholeNumber(0, 999_999_999).optional(),
  cursor: wholeNumber(0, 999_999_999).optional().describe('`nextCursor` of the previous page.'),
  limit: wholeNumber(1, 1_000).default(1_000),
});

/** The addresses of runs. */
export function runRoutes(
  deps: RunDeps & Pick<Deps, 'config' | 'reads' | 'starts' | 'budgets' | 'commandLimit'>,
): Route[] {
  const limit = deps.commandLimit;
  const startLimit = createRunLimit(deps);
  return [
    ...stepRoutes(deps),
    ...recoveryRoutes(deps, createRunLimit(deps, true)),
    route({
      method: 'post',
      path: '/api/workflows/:id/runs',
      docs: {
        tag: 'Runs',
        summary: 'Start a run',
        description:
          'Runs the newest published version unless `version` names another. Repeating a `requestId` returns the same run with 200.',
        example: { version: 'draft', input: { name: 'Ada' }, requestId: 'r-1' },
        answers: { 201: runStartedSchema, 200: runStartedSchema },
        problems: [
          ...(['flow_invalid', 'no_version', 'stale_revision', 'request_id_reused'] as const),
          ...(['flow_storage_full', ...runBudgetProblems] as const),
        ],
      },
      limit: startLimit,
      params: idParams,
      body: startRunSchema,
      async handle({ principal, params, body }) {
        const { runId, created } = await startRun(deps, principal, params.id, body);
        return { status: created ? 201 : 200, body: { runId } };
      },
    }),
    route({
      method: 'get',
      path: '/api/runs',
      docs: {
        tag: 'Runs',
        summary: 'List runs',
        description: 'Your runs, newest first.',
        answers: { 200: runPageSchema },
      },
      gate: deps.reads,
      query: listQuerySchema.extend(listRunsSchema.shape),
      handle: async ({ principal, query }) => ({
        status: 200,
        body: await listRuns(deps.pool, principal, query),
      }),
    }),
    route({
      method: 'get',
      path: '/api/runs/:runId',
      docs: {
        tag: 'Runs',
        summary: 'Read a run',
        description:
          'Returns the position, transcript and variables of a run within two seconds. `messages` are the newest 200, fewer if they are larger than about 1 MB; all of them are in the log. If no worker responds, the snapshot comes from the log and is marked `stale`.',
        answers: { 200: runSnapshotSchema },
      },
      params: runParams,
      handle: async ({ principal, params }) => ({
        status: 200,
        body: (await getSnapshot(deps, principal, params.runId)).snapshot,
      }),
    }),
    route({
      method: 'get',
      path: '/api/runs/:runId/flow',
      docs: {
        tag: 'Runs',
        summary: 'Read the flow of a run',
        description:
          'Returns the graph of the version that the run is on; for a test run, the draft as it was at the start.',
        answers: { 200: runFlowSchema },
      },
      gate: deps.reads,
      params: runParams,
      handle: async ({ principal, params }) => ({
        status: 200,
        body: await readRunFlow(deps, principal, params.runId),
      }),
    }),
    route({
      method: 'get',
      path: '/api/runs/:runId/events',
      docs: {
        tag: 'Runs',
        summary: 'Read the log of a run',
        description:
          'Returns the numbered events after `afterSeq`, in order. A page ends after about 1 MB, even below `limit`; `nextCursor` continues it.',
        answers: { 200: eventPageSchema },
      },
      gate: deps.reads,
      params: runParams,
      query: eventsQuery,
      handle: async ({ principal, params, query: { afterSeq = 0, cursor = afterSeq, limit } }) => ({
        status: 200,
        body: await listEvents(deps.pool, principal, params.runId, { afterSeq: cursor, limit }),
      }),
    }),
    route({
      method: 'post',
      path: '/api/runs/:runId/messages',
      docs: {
        tag: 'Runs',
        summary: 'Send a message to a run',
        description:
          'Accepted once Temporal has stored the message. Repeating a `messageId` has no effect. A message sent before the run asks is queued for the next listen node.',
        example: { message: 'Yes, please.', messageId: 'm-1' },
        answers: { 202: messageAcceptedSchema },
        problems: ['message_too_large', 'queue_full', 'run_finished'],
      },
      limit,
      params: runParams,
      body: sendMessageSchema,
      handle: async ({ principal, params, body }) => ({
        status: 202,
        body: await sendMessage(deps, principal, params.runId, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/runs/:runId/cancel',
      docs: {
        tag: 'Runs',
        summary: 'Cancel a run',
        answers: { 202: cancellingSchema },
        problems: ['run_finished'],
      },
      limit,
      params: runParams,
      handle: async ({ principal, params }) => ({
        status: 202,
        body: await cancelRun(deps, principal, params.runId),
      }),
    }),
  ];
}
