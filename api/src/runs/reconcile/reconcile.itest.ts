import { Client, Connection } from '@temporalio/client';
import { createDb, type Db } from '@crmflow/db';
import type { RunStart } from '@crmflow/workflows';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ask } from '../../testing/ask.js';
import { openRunHarness, type RunHarness } from '../../testing/run-harness.js';
import { createEngine, type Engine } from '../engine.js';
import { createPrograms, type Programs } from '../programs.js';
import { createClosedRuns } from './end-closed.js';
import type { Outcome } from './reconcile-deps.js';
import { launchOverdue } from './launch-overdue.js';
import { withReconcilerLock } from './with-lock.js';

let harness: RunHarness;
let token: string;
let db: Db;
let connection: Connection;
let temporal: Client;
let engine: Engine;
let programs: Programs;
beforeAll(async () => {
  harness = await openRunHarness();
  ({ token } = await harness.newUser());
  db = createDb(harness.config.databaseUrl);
  connection = await Connection.connect({ address: harness.config.temporal.address });
  temporal = new Client({ connection });
  engine = createEngine(temporal, harness.config);
  programs = createPrograms({ db, pool: harness.pool });
});
afterAll(async () => {
  await Promise.all([db.$disconnect(), connection.close()]);
  await harness.close();
});

const logger = { info: () => {}, warn: () => {} };
const counted: Outcome[] = [];
const count = (outcome: Outcome) => void counted.push(outcome);
const snapshot = async (runId: string) =>
  (await ask(harness.api, `GET /api/runs/${runId}`, { token })).body;

it('ends runs that Temporal has closed, and leaves healthy ones alone', async () => {
  const [healthy, terminated] = await Promise.all([
    harness.startRun(token),
    harness.startRun(token),
  ]);
  await harness.record(terminated, 1, [{ type: 'paused', data: { reason: 'x' } }]);
  await temporal.workflow.getHandle(terminated).terminate();
  let now = Date.now();
  const closed = createClosedRuns({
    db,
    pool: harness.pool,
    engine,
    programs,
    logger,
    count,
    now: () => now,
  });
  await closed.lookAtAll();
  expect((await snapshot(terminated)).status).toBe('running');
  now += 6_000;
  await closed.look();
  expect(await snapshot(terminated)).toMatchObject({
    status: 'failed',
    lastSeq: 2,
    error: { code: 'run_terminated' },
  });
  expect((await snapshot(healthy)).status).toBe('running');
});

it('launches runs that were requested with a requestId, and deletes the others', async () => {
  const [asked, forgotten, started] = await Promise.all(
    [1, 2, 3].map(() => harness.startRun(token)),
  );
  const launched: RunStart[] = [];
  const burst = { quietMs: 3_000, maxMs: 15_000 };
  const partly: Engine = {
    ...engine,
    launch: async ({ start }) => void launched.push(start),
    stateOf: async (runId) => (runId === forgotten ? 'unknown' : 'running'),
  };
  const work = async () => {
    for (const [runId, requestId] of [
      [asked, 'r'],
      [forgotten, null],
      [started, null],
    ]) {
      await harness.pool.query(
        `UPDATE "Run" SET "launchedAt" = NULL, "requestId" = $2, burst = $3,
                "startedAt" = now() - interval '1 minute',
                "updatedAt" = now() - interval '1 minute' WHERE id = $1`,
        [runId, requestId, JSON.stringify(burst)],
      );
    }
    await launchOverdue({ db, pool: harness.pool, engine: partly, programs, logger, count });
  };
  // The service's own reconciler stands aside.
  const free = async () => expect(await withReconcilerLock(harness.pool, work)).toBe(true);
  await vi.waitFor(free, { timeout: 15_000 });
  expect(launched).toMatchObject([{ runId: asked, burst }]);
  expect(counted.toSorted()).toEqual(['ended', 'forgotten', 'launched']);
  const left = await db.run.findMany({ where: { id: { in: [asked!, forgotten!, started!] } } });
  expect(left.map(({ id }) => id).sort()).toEqual([asked, started].sort());
  expect(left.every(({ launchedAt }) => launchedAt !== null)).toBe(true);
});
