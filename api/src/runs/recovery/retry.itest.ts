import { Client, Connection } from '@temporalio/client';
import { createDb, type Db } from '@crmflow/db';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { ask } from '../../testing/ask.js';
import { openRunHarness, type RunHarness, waitForEvents } from '../../testing/run-harness.js';
import { createEngine, type Engine } from '../engine.js';
import { createPrograms, type Programs } from '../programs.js';
import { launchStored } from '../launch.js';
import { launchOverdue } from '../reconcile/launch-overdue.js';
import { withReconcilerLock } from '../reconcile/with-lock.js';

let harness: RunHarness;
let token: string;
let connection: Connection;
let temporal: Client;
let db: Db;
let engine: Engine;
let programs: Programs;
beforeAll(async () => {
  harness = await openRunHarness({ DATABASE_POOL_SIZE: '2' });
  ({ token } = await harness.newUser());
  connection = await Connection.connect({ address: inject('temporalAddress') });
  temporal = new Client({ connection });
  db = createDb(harness.config.databaseUrl);
  engine = createEngine(temporal, harness.config);
  programs = createPrograms({ db, pool: harness.pool });
});
afterAll(async () => {
  await Promise.all([connection.close(), db.$disconnect()]);
  await harness.close();
});

const position = { x: 0, y: 0 };
const flow = {
  name: 'Fails',
  variables: [{ name: 'count', default: 1 }],
  nodes: [
    { id: 'start', type: 'trigger', label: 'Start', position, data: { kind: 'manual' } },
    { id: 'ask', type: 'listen', label: 'Ask', position, data: { variable: 'a', expect: 'any' } },
    {
      ...{ id: 'call', type: 'integration', label: 'Call', position },
      data: { kind: 'http', method: 'GET', url: 'https://example.com' },
    },
  ],
  edges: [
    { id: 'e1', source: 'start', sourceHandle: 'out', target: 'ask' },
    { id: 'e2', source: 'ask', sourceHandle: 'out', target: 'call' },
  ],
};

const error = { code: 'http_status', message: 'no', nodeId: 'call' };
const at = (nodeId: string, visit = 1) => ({ nodeId, visit });

/** A run that its worker has told to have failed at its call. */
async function failedRun(close = true): Promise<string> {
  const runId = await harness.startRun(token, flow as never);
  await harness.record(
    runId,
    1,
    [
      { type: 'run.started', data: { workflowId: 'w', version: 'draft' } },
      { type: 'node.activated', ...at('ask'), data: { label: 'Ask', type: 'listen' } },
      { type: 'message', ...at('ask'), data: { id: 'm1', role: 'user', text: 'hi' } },
      { type: 'variable.set', ...at('ask'), data: { name: 'a', value: 'hi' } },
      { type: 'node.completed', ...at('ask'), data: { handle: 'out', durationMs: 1 } },
      { type: 'node.activated', ...at('call'), data: { label: 'Call', type: 'integration' } },
      { type: 'node.failed', ...at('call'), data: { code: error.code, message: error.message } },
      { type: 'run.finished', data: { status: 'failed', error } },
    ],
    { status: 'failed', error, variables: { a: 'hi', count: 1 } },
  );
  await harness.pool.query(`UPDATE "Run" SET error = $2 WHERE id = $1`, [runId, error]);
  if (close) await temporal.workflow.getHandle(runId).terminate();
  return runId;
}

const retry = (runId: string, json: object = {}) =>
  ask(harness.api, `POST /api/runs/${runId}/retry`, { token, json });

/** The state with which the newest execution of a run began. */
async function begunWith(runId: string) {
  const history = await temporal.workflow.getHandle(runId).fetchHistory();
  const [payload] =
    history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  return JSON.parse(Buffer.from(payload?.data ?? []).toString()).state;
}

async function executionsOf(runId: string): Promise<number> {
  let count = 0;
  const query = `WorkflowId = '${runId}'`;
  for await (const _ of temporal.workflow.list({ query })) count += 1;
  return count;
}

it('repeats the failed call under the same visit', async () => {
  const runId = await failedRun();
  const { status, body } = await retry(runId);
  expect([status, body]).toEqual([202, { runId, nodeId: 'call', visit: 1, afterSeq: 8 }]);
  expect(await begunWith(runId)).toMatchObject({
    seq: 8,
    position: { kind: 'start', resumed: { by: 'retry', nodeId: 'call', afterSeq: 5 } },
    variables: { a: 'hi', count: 1 },
    visits: { ask: 1, call: 0 },
    transcript: [{ id: 'm1', role: 'user', text: 'hi' }],
    seen: ['m1'],
  });
  const snapshot = await ask(harness.api, `GET /api/runs/${runId}`, { token });
  expect(snapshot.body.status).toBe('running');
  expect(snapshot.body.error).toBeUndefined();
});

it('continues from an earlier node as a new visit, with the state before it', async () => {
  const runId = await failedRun();
  expect((await retry(runId, { nodeId: 'ask' })).body).toMatchObject({ nodeId: 'ask', visit: 2 });
  const state = await begunWith(runId);
  expect(state).toMatchObject({ visits: { ask: 1, call: 1 }, variables: { count: 1 } });
  expect(state.variables).toEqual({ count: 1 });
});

it('refuses runs that have not failed, nodes that were not visited, and other users', async () => {
  const running = await harness.startRun(token, flow as never);
  expect((await retry(running)).body.code).toBe('run_not_failed');
  const runId = await failedRun();
  expect((await retry(runId, { nodeId: 'none' })).body.code).toBe('node_unreached');
  expect((await retry(runId, { nodeId: 'start' })).body.code).toBe('node_unreached');
  const other = await harness.newUser();
  const answer = await ask(harness.api, `POST /api/runs/${runId}/retry`, {
    ...{ token: other.token, json: {} },
  });
  expect(answer.status).toBe(404);
});

it('starts one execution, however many retry at once', async () => {
  const runId = await failedRun();
  const answers = await Promise.all(Array.from({ length: 5 }, () => retry(runId)));
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409]);
  await Promise.all(
    [1, 2, 3].map(() => launchStored({ db, pool: harness.pool, engine, programs }, runId)),
  );
  await vi.waitFor(async () => expect(await executionsOf(runId)).toBe(2), { timeout: 10_000 });
});

it('waits until the execution before has closed', async () => {
  const runId = await failedRun(false);
  const [answer] = await Promise.all([
    retry(runId),
    vi.waitFor(async () => {
      const { rows } = await harness.pool.query('SELECT status FROM "Run" WHERE id = $1', [runId]);
      expect(rows[0].status).toBe('running');
      await temporal.workflow.getHandle(runId).terminate();
    }),
  ]);
  expect(answer.status).toBe(202);
  expect(await engine.newest(runId)).toEqual({ generation: 1, open: true });
});

it('takes messages again, those that had waited first', async () => {
  const runId = await harness.startRun(token, flow as never);
  const say = (messageId: string) =>
    ask(harness.api, `POST /api/runs/${runId}/messages`, {
      ...{ token, json: { messageId, message: `text of ${messageId}` } },
    });
  await say('w1');
  await say('w2');
  await harness.record(
    runId,
    1,
    [
      { type: 'run.started', data: {} },
      { type: 'node.activated', ...at('call'), data: { label: 'Call', type: 'integration' } },
      { type: 'node.failed', ...at('call'), data: { code: error.code, message: error.message } },
      { type: 'run.finished', data: { status: 'failed', error } },
    ],
    { status: 'failed', error },
  );
  await temporal.workflow.getHandle(runId).terminate();
  expect((await say('w3')).body.code).toBe('run_finished');
  await retry(runId, { nodeId: 'call' });
  const { inbox, seen } = await begunWith(runId);
  expect(inbox).toMatchObject([
    { kind: 'message', messageId: 'w1', text: 'text of w1' },
    { kind: 'message', messageId: 'w2', text: 'text of w2' },
  ]);
  expect(seen).toEqual(['w1', 'w2']);
  expect((await say('w3')).body).toEqual({ accepted: true, duplicate: false });
});

it('is launched by the reconciler where the API died before', async () => {
  const runId = await failedRun();
  harness.toTemporal.cut();
  const answer = await retry(runId);
  harness.toTemporal.restore();
  expect(answer.status).toBe(202);
  await harness.pool.query(
    `UPDATE "Run" SET "updatedAt" = now() - interval '1 minute', "launchedAt" = NULL WHERE id = $1`,
    [runId],
  );
  const logger = { info: () => {}, warn: () => {} };
  const work = () =>
    launchOverdue({ db, pool: harness.pool, engine, programs, logger, count: () => {} });
  const free = async () => expect(await withReconcilerLock(harness.pool, work)).toBe(true);
  await vi.waitFor(free, { timeout: 15_000 });
  expect(await engine.newest(runId)).toEqual({ generation: 1, open: true });
});

it('reaches clients that followed the run to its end', async () => {
  const runId = await failedRun();
  const socket = await harness.connect(token);
  await socket.send('session:start', { runId, afterSeq: 7 });
  await waitForEvents(socket, [8]);
  await retry(runId);
  await harness.record(runId, 9, [{ type: 'run.started', data: {} }]);
  await waitForEvents(socket, [8, 9]);
});

it('uses no database connection while it waits for Temporal', async () => {
  const runIds = await Promise.all(Array.from({ length: 4 }, () => failedRun(false)));
  const retries = Promise.all(runIds.map((runId) => retry(runId)));
  const launching = async () => {
    const { rows } = await harness.pool.query(
      `SELECT FROM "Run" WHERE id = ANY($1) AND status = 'running'`,
      [runIds],
    );
    expect(rows.length).toBe(runIds.length);
  };
  await vi.waitFor(launching, { timeout: 15_000 });
  const { status } = await ask(harness.api, 'GET /api/auth/me', { token });
  const answers = await retries;
  expect([status, ...answers.map((one) => one.status)]).toEqual([200, 202, 202, 202, 202]);
});
