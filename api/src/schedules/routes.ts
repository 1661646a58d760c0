import { randomUUID } from 'node:crypto';
import {
  backfillResultSchema,
  backfillSchema,
  firingPageSchema,
  type JsonObject,
  listQuerySchema,
  nextTimesSchema,
  previewTimesSchema,
  runNowSchema,
  runStartedSchema,
} from '@crmflow/contracts';
import { askOfClient } from '../ask.js';
import { readDeployment } from '../deployments/read-deployments.js';
import { scheduleSettingsOf } from '../deployments/schedule-settings.js';
import { settingsAfter } from '../deployments/settings.js';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { idParams } from '../http/id-params.js';
import { type Route, route } from '../http/route.js';
import { createUserLimit } from '../rate-limits/user-limits.js';
import { runBudgetProblems } from '../usage/budgets.js';
import { claimNow, storedRun, withdraw } from './claim-now.js';
import { listFirings } from './list-firings.js';
import { backfill, nextTimes } from './times.js';

/** @throws AppError `not_found` for any other deployment */
async function requireSchedule({ pool, config }: Pick<Deps, 'pool' | 'config'>, id: string) {
  const deployment = await readDeployment(askOfClient(pool), config, id);
  if (deployment.kind === 'schedule') return deployment;
  throw new AppError('not_found', 'This deployment isn’t a schedule.');
}

/** When a schedule is due, what became of that, and running its flow at other times. */
export function scheduleRoutes(deps: Pick<Deps, 'pool' | 'config' | 'reads' | 'firings'>): Route[] {
  const { pool, firings } = deps;
  const limit = createUserLimit(deps, 'start-run');
  const of = '/api/deployments/:id';
  return [
    route({
      method: 'get',
      path: `${of}/next`,
      right: 'deployment.read',
      of: 'deployment',
      docs: {
        tag: 'Schedules',
        summary: 'List the next times of a schedule',
        description:
          'Also while it is paused. Jitter is left out. Warnings tell of the next twelve months.',
        answers: { 200: nextTimesSchema },
      },
      params: idParams,
      async handle({ params }) {
        const { settings } = await requireSchedule(deps, params.id);
        return { status: 200, body: nextTimes(settings, Date.now()) };
      },
    }),
    route({
      method: 'post',
      path: `${of}/next`,
      right: 'deployment.read',
      of: 'deployment',
      docs: {
        tag: 'Schedules',
        summary: 'List the times that a schedule would have',
        description: 'With these changes of its settings. Nothing is stored.',
        example: { settings: { cron: '30 2 * * *', timezone: 'Europe/Berlin' } },
        answers: { 200: nextTimesSchema },
      },
      gate: deps.reads,
      params: idParams,
      body: previewTimesSchema,
      async handle({ params, body }) {
        const { settings } = await requireSchedule(deps, params.id);
        const stored = { kind: 'schedule' as const, settings: settings as JsonObject, secrets: 0 };
        const changed = settingsAfter(stored, body.settings);
        const tried = scheduleSettingsOf(changed.settings);
        return { status: 200, body: nextTimes(tried, Date.now()) };
      },
    }),
    route({
      method: 'get',
      path: `${of}/firings`,
      right: 'run.read',
      of: 'deployment',
      docs: {
        tag: 'Schedules',
        summary: 'List the times at which a schedule was due',
        description:
          'Newest first, each with its run or why it started none. Kept for 90 days after that.',
        answers: { 200: firingPageSchema },
      },
      gate: deps.reads,
      params: idParams,
      query: listQuerySchema,
      async handle({ params, query }) {
        const { id } = await requireSchedule(deps, params.id);
        return { status: 200, body: await listFirings(pool, id, query) };
      },
    }),
    route({
      method: 'post',
      path: `${of}/run-now`,
      right: 'run.start',
      of: 'deployment',
      docs: {
        tag: 'Schedules',
        summary: 'Run a schedule’s flow now',
        description:
          'Starts a run as if the schedule were due, also while it is paused and whatever it says of overlaps. The same `requestId` again gives the same run, with 200. 202: the run is stored, and starts as soon as Temporal answers.',
        answers: { 201: runStartedSchema, 200: runStartedSchema, 202: runStartedSchema },
        problems: ['no_version', 'flow_invalid', 'temporal_unavailable', ...runBudgetProblems],
      },
      limit,
      params: idParams,
      body: runNowSchema,
      async handle({ params, body: { requestId } }) {
        const { id } = await requireSchedule(deps, params.id);
        const claim = await claimNow(pool, id, requestId ?? randomUUID());
        try {
          const { runId, created } = await firings.start(claim);
          return { status: created ? 201 : 200, body: { runId } };
        } catch (error) {
          const runId = await storedRun(pool, claim);
          if (runId !== undefined) return { status: 202, body: { runId } };
          if (requestId === undefined) await withdraw(pool, claim);
          throw error;
        }
      },
    }),
    route({
      method: 'post',
      path: `${of}/backfill`,
      right: 'run.start',
      of: 'deployment',
      docs: {
        tag: 'Schedules',
        summary: 'Run a schedule’s flow for past times',
        description:
          'Starts the runs of the times in a range that have not been dealt with, at most 1,000 at once: all together, or one after the other if the schedule’s `overlap` isn’t `all`. With `dryRun` it only counts them.',
        example: {
          from: '2026-11-23T00:00:00+01:00',
          to: '2026-11-29T23:59:59+01:00',
          dryRun: true,
        },
        answers: { 202: backfillResultSchema, 200: backfillResultSchema },
      },
      limit,
      params: idParams,
      body: backfillSchema,
      async handle({ params, body }) {
        const deployment = await requireSchedule(deps, params.id);
        const result = await backfill(pool, deployment, body);
        if (!result.dryRun) firings.wake(deployment.id);
        return { status: result.dryRun ? 200 : 202, body: result };
      },
    }),
  ];
}
