import {
  callbackAddressSchema,
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
import type { Deps, RunDeps } from '../deps.js';
import { eventsQuery } from '../http/events-query.js';
import { idParams, runParams } from '../http/id-params.js';
import { type Route, route } from '../http/route.js';
import { createUserLimit } from '../rate-limits/user-limits.js';
import { runBudgetProblems } from '../usage/budgets.js';
import { starterOf } from './earlier-request.js';
import { addressOfWait } from './callbacks.js';
import { cancelRun } from './cancel-run.js';
import { getSnapshot, withoutTranscript } from './get-snapshot.js';
import { listRuns } from './list-runs.js';
import { listEvents, readRunFlow } from './read-run.js';
import { recoveryRoutes } from './recovery/recovery-routes.js';
import { sendMessage } from './send-message.js';
import { startRun } from './start-run.js';
import { stepRoutes } from './steps/step-routes.js';

/** The addresses of runs. */
export function runRoutes(
  deps: RunDeps & Pick<Deps, 'config' | 'reads' | 'starts' | 'budgets' | 'commandLimit'>,
): Route[] {
  const limit = deps.commandLimit;
  const startLimit = createUserLimit(deps, 'start-run');
  return [
    ...stepRoutes(deps),
    ...recoveryRoutes(deps, startLimit),
    route({
      method: 'post',
      path: '/api/workflows/:id/runs',
      right: 'run.start',
      of: 'flow',
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
      async handle({ access, params, body }) {
        const { runId, created } = await startRun(deps, starterOf(access), params.id, body);
        return { status: created ? 201 : 200, body: { runId } };
      },
    }),
    route({
      method: 'get',
      path: '/api/runs',
      right: 'run.read',
      docs: {
        tag: 'Runs',
        summary: 'List runs',
        description: 'The runs of a workspace, newest first.',
        answers: { 200: runPageSchema },
      },
      gate: deps.reads,
      query: listQuerySchema.extend(listRunsSchema.shape),
      handle: async ({ access, query }) => ({
        status: 200,
        body: await listRuns(deps.pool, access.workspaceId, query),
      }),
    }),
    route({
      method: 'get',
      path: '/api/runs/:runId',
      right: 'run.read',
      of: 'run',
      docs: {
        tag: 'Runs',
        summary: 'Read a run',
        description:
          'Returns the position, transcript and variables of a run within two seconds. `messages` are the newest 200, fewer if they are larger than about 1 MB; all of them are in the log. If no worker responds, the snapshot comes from the log and is marked `stale`. Viewers who may not read transcripts get no messages and no variables, marked `isRedacted`.',
        answers: { 200: runSnapshotSchema },
      },
      params: runParams,
      async handle({ access, params }) {
        const { snapshot } = await getSnapshot(deps, params.runId);
        const body = access.may('transcript.read') ? snapshot : withoutTranscript(snapshot);
        return { status: 200, body };
      },
    }),
    route({
      method: 'get',
      path: '/api/runs/:runId/flow',
      right: 'run.read',
      of: 'run',
      docs: {
        tag: 'Runs',
        summary: 'Read the flow of a run',
        description:
          'Returns the graph of the version that the run is on; for a test run, the draft as it was at the start.',
        answers: { 200: runFlowSchema },
      },
      gate: deps.reads,
      params: runParams,
      handle: async ({ params }) => ({
        status: 200,
        body: await readRunFlow(deps, params.runId),
      }),
    }),
    route({
      method: 'get',
      path: '/api/runs/:runId/events',
      right: 'transcript.read',
      of: 'run',
      docs: {
        tag: 'Runs',
        summary: 'Read the log of a run',
        description:
          'Returns the numbered events after `afterSeq`, in order. A page ends after about 1 MB, even below `limit`; `nextCursor` continues it.',
        answers: { 200: eventPageSchema },
      },
      gate: deps.reads,
      params: runParams,
      query: eventsQuery(1_000),
      handle: async ({ params, query: { afterSeq = 0, cursor = afterSeq, limit } }) => ({
        status: 200,
        body: await listEvents(deps.pool, params.runId, { afterSeq: cursor, limit }),
      }),
    }),
    route({
      method: 'post',
      path: '/api/runs/:runId/messages',
      right: 'run.command',
      of: 'run',
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
      handle: async ({ params, body }) => ({
        status: 202,
        body: await sendMessage(deps, params.runId, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/runs/:runId/callback',
      right: 'run.command',
      of: 'run',
      docs: {
        tag: 'Runs',
        summary: 'Get the address of a callback',
        description:
          'The one-time address that answers the callback node where the run is waiting, as `callbackUrl()` gives it. Repeating this returns the same address.',
        answers: { 200: callbackAddressSchema },
        problems: ['not_waiting'],
      },
      limit,
      params: runParams,
      handle: async ({ params }) => ({
        status: 200,
        body: await addressOfWait(deps, params.runId),
      }),
    }),
    route({
      method: 'post',
      path: '/api/runs/:runId/cancel',
      right: 'run.cancel',
      of: 'run',
      docs: {
        tag: 'Runs',
        summary: 'Cancel a run',
        answers: { 202: cancellingSchema },
        problems: ['run_finished'],
      },
      limit,
      params: runParams,
      handle: async ({ params }) => ({
        status: 202,
        body: await cancelRun(deps, params.runId),
      }),
    }),
  ];
}
