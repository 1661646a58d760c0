import {
  listQuerySchema,
  listRunsSchema,
  sendMessageSchema,
  startRunSchema,
} from '@crmflow/contracts';
import { z } from 'zod';
import type { Deps } from '../deps.js';
import { idParams } from '../http/id-params.js';
import { type Route, route } from '../http/route.js';
import { cancelRun } from './cancel-run.js';
import { createEngine } from './engine.js';
import { getSnapshot } from './get-snapshot.js';
import { listEvents } from './list-events.js';
import { listRuns } from './list-runs.js';
import { sendMessage } from './send-message.js';
import { startRun } from './start-run.js';

const runParams = z.object({ runId: idParams.shape.id });

const wholeNumber = (most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().max(most, `must be ${most} or less`));

const eventsQuery = z
  .object({
    afterSeq: wholeNumber(999_999_999).optional(),
    /** `nextCursor` of the page before. */
    cursor: wholeNumber(999_999_999).optional(),
    limit: wholeNumber(1_000).pipe(z.int().min(1, 'must be 1 or more')).default(1_000),
  })
  .transform(({ afterSeq, cursor, limit }) => ({ afterSeq: cursor ?? afterSeq ?? 0, limit }));

/** The addresses of runs. */
export function runRoutes({
  db,
  pool,
  temporal,
  config,
}: Pick<Deps, 'db' | 'pool' | 'temporal' | 'config'>): Route[] {
  const engine = createEngine(temporal, config.temporal);
  const deps = { db, pool, engine };
  return [
    route({
      method: 'post',
      path: '/api/workflows/:id/runs',
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
      query: listQuerySchema.extend(listRunsSchema.shape),
      handle: async ({ principal, query }) => ({
        status: 200,
        body: await listRuns(db, principal, query),
      }),
    }),
    route({
      method: 'get',
      path: '/api/runs/:runId',
      params: runParams,
      handle: async ({ principal, params }) => ({
        status: 200,
        body: (await getSnapshot(deps, principal, params.runId)).snapshot,
      }),
    }),
    route({
      method: 'get',
      path: '/api/runs/:runId/events',
      params: runParams,
      query: eventsQuery,
      handle: async ({ principal, params, query }) => ({
        status: 200,
        body: await listEvents(pool, principal, params.runId, query),
      }),
    }),
    route({
      method: 'post',
      path: '/api/runs/:runId/messages',
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
      params: runParams,
      handle: async ({ principal, params }) => ({
        status: 202,
        body: await cancelRun(deps, principal, params.runId),
      }),
    }),
  ];
}
