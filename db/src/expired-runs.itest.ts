import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { type RemoveExpiredRuns, removeExpiredRuns } from './expired-runs.js';
import { pruneDrafts } from './maintenance.js';
import { acceptMessage, reserveMessage } from './run/inbox.js';
import { recordRun } from './run/record-run.js';
import { forkRun } from './run/recovery/fork-run.js';
import { reopenRun } from './run/recovery/reopen-run.js';
import type { Resume } from './run/recovery/resume.js';
import { event, flushOf, said } from './testing/flush.js';
import { newRun } from './testing/new-run.js';
import { useDatabase } from './testing/scratch-database.js';
import { transaction } from './transaction.js';

const day = 24 * 60 * 60 * 1000;
const at = new Date('2026-11-30T12:00:00Z');

const database = useDatabase();
let pool: pg.Pool;
beforeAll(() => {
  ({ pool } = database);
});
beforeEach(async () => {
  await pool.query('UPDATE "Workspace" SET settings = $1', ['{}']);
});

/** A workspace with a flow, a draft of it and a published version. @returns its id and the flow's */
async function workspaceThatKeeps(settings: {
  runDays?: number | null;
  testRunDays?: number | null;
}): Promise<string> {
  const id = await newRun(pool);
  await pool.query('DELETE FROM "Run" WHERE id = $1', [id]);
  await pool.query(
    `INSERT INTO "WorkflowVersion" (id, "workflowId", number, "contentHash", graph, "createdAt")
     VALUES ($1 || 'draft', $1, NULL, 'draft', '{}', 'epoch'), ($1 || '1', $1, 1, '1', '{}', 'epoch')`,
    [id],
  );
  await pool.query('UPDATE "Workspace" SET settings = $2 WHERE id = $1', [id, settings]);
  return id;
}

/** Runs of a workspace, `age` milliseconds after they ended; open ones where that is null. */
async function runs(
  workspaceId: string,
  age: number | null,
  { count = 1, version = '1' }: { count?: number; version?: '1' | 'draft' } = {},
): Promise<string[]> {
  const ended = age === null ? null : new Date(at.getTime() - age);
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO "Run" (id, "workflowId", "versionId", "workspaceId", "finishedAt", status)
     SELECT gen_random_uuid(), $1, $1 || $2, $1, $3, $4 FROM generate_series(1, $5) RETURNING id`,
    [workspaceId, version, ended, ended ? 'failed' : 'waiting', count],
  );
  return rows.map(({ id }) => id);
}

async function run(...of: Parameters<typeof runs>): Promise<string> {
  const [id] = await runs(...of);
  return id!;
}

const end = (runId: string, age: number) =>
  pool.query('UPDATE "Run" SET "finishedAt" = $2 WHERE id = $1', [
    runId,
    new Date(at.getTime() - age),
  ]);

/** Removes what is past its time, and tells Temporal's part. @returns whom Temporal forgot, in turn */
async function remove(options: Partial<RemoveExpiredRuns> = {}): Promise<string[]> {
  const forgotten: string[] = [];
  await removeExpiredRuns(pool, {
    ...{ at, workMs: 60_000 },
    forgetRuns: async (runIds) => void forgotten.push(...runIds),
    ...options,
  });
  return forgotten;
}

async function left(table: string, column: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT DISTINCT "${column}" AS id FROM "${table}" WHERE "${column}" = ANY ($1)`,
    [ids],
  );
  return rows.map(({ id }) => id).sort();
}
const leftRuns = (ids: readonly string[]) => left('Run', 'id', ids);

it('removes a run at the moment when its time is over, and not a millisecond before', async () => {
  const id = await workspaceThatKeeps({ runDays: 2 });
  const over = await run(id, 2 * day);
  const kept = [await run(id, 2 * day - 1), await run(id, null)];
  expect(await remove()).toEqual([over]);
  expect(await leftRuns([over, ...kept])).toEqual(kept.sort());
});

it('keeps runs of published versions and of drafts for times of their own', async () => {
  const id = await workspaceThatKeeps({ runDays: 5, testRunDays: 1 });
  await run(id, 3 * day);
  const test = await run(id, 3 * day, { version: 'draft' });
  const forever = await workspaceThatKeeps({ runDays: null, testRunDays: 1 });
  await run(forever, 3650 * day);
  const unset = await workspaceThatKeeps({});
  await run(unset, 3650 * day, { version: 'draft' });
  expect(await remove()).toEqual([test]);
});

it('takes all that belongs to a run with it, and its share of the budget', async () => {
  const id = await workspaceThatKeeps({ runDays: 1 });
  const [gone, kept] = [await run(id, null), await run(id, null)];
  for (const runId of [gone, kept]) {
    await recordRun(pool, flushOf(runId, [event(1, 'a'), said(2, 'user', 'm1')]));
    await reserveMessage(pool, { runId, messageId: 'm3', bytes: 1 });
    await acceptMessage(pool, { runId, messageId: 'm2', bytes: 1, text: 't', generation: 0 });
  }
  const bytes = async () => {
    const { rows } = await pool.query<{ sum: number }>(
      'SELECT sum("logBytes")::int AS sum FROM "Run" WHERE "workspaceId" = $1',
      [id],
    );
    return rows[0]!.sum;
  };
  const before = await bytes();
  await end(gone, day);
  await remove();
  for (const table of ['ExecutionLog', 'RunMessage', 'MessageReservation']) {
    expect(await left(table, 'runId', [gone, kept])).toEqual([kept]);
  }
  expect(await bytes()).toBe(before / 2);
});

it('removes a log of any length, a limited number of rows at a time', async () => {
  const id = await workspaceThatKeeps({ runDays: 1 });
  const runId = await run(id, day);
  await pool.query(
    `INSERT INTO "ExecutionLog" ("runId", seq, at, type, data)
     SELECT $1, n, now(), 'paused', '{}' FROM generate_series(1, 5000) n`,
    [runId],
  );
  let steps = 0;
  await remove({ onStep: () => (steps += 1) });
  // A turn, three batches of the log, one of messages.
  expect(steps).toBe(5);
  expect(await left('ExecutionLog', 'runId', [runId])).toEqual([]);
});

it('leaves a fork whole when its origin goes, and drafts to those who prune them', async () => {
  const id = await workspaceThatKeeps({ testRunDays: 1 });
  const versionId = `${id}draft`;
  const origin = await run(id, null, { version: 'draft' });
  await recordRun(pool, flushOf(origin, [event(1, 'a'), said(2, 'user', 'm1')]));
  const fork = randomUUID();
  const forked = await forkRun(pool, {
    ...{ runId: fork, versionId, mode: 'auto', pausePoints: [], visit: 1, at: at.getTime() },
    ...{ origin: { runId: origin, nodeId: 'n', visit: 1, seq: 2 }, repeatMessages: false },
    startedBy: id,
  });
  expect(forked).toBe(true);
  await end(origin, day);
  expect(await remove()).toEqual([origin]);
  expect(await left('ExecutionLog', 'runId', [origin, fork])).toEqual([fork]);
  await pruneDrafts(pool);
  expect(await left('WorkflowVersion', 'id', [versionId])).toEqual([versionId]);

  await end(fork, day);
  expect(await remove()).toEqual([fork]);
  await pruneDrafts(pool);
  expect(await left('WorkflowVersion', 'id', [versionId])).toEqual([]);
});

it('removes a batch only once Temporal has forgotten it, and then also after a failure', async () => {
  const id = await workspaceThatKeeps({ runDays: 1 });
  const ids = await runs(id, day, { count: 3 });
  const away = new Error('Temporal is away');
  const counted: number[] = [];
  const onRemoved = (count: number) => void counted.push(count);
  const forgetRuns = () => Promise.reject(away);
  await expect(remove({ forgetRuns, onRemoved })).rejects.toBe(away);
  expect([await leftRuns(ids), counted]).toEqual([[...ids].sort(), []]);
  expect((await remove({ onRemoved })).sort()).toEqual([...ids].sort());
  expect([await leftRuns(ids), counted]).toEqual([[], [3]]);
});

it('removes nothing of a batch that it breaks off, and all of it afterwards', async () => {
  const id = await workspaceThatKeeps({ runDays: 1 });
  const ids = await runs(id, day, { count: 3 });
  let steps = 0;
  const stopped = new Error('The worker stops');
  const onStep = () => {
    if ((steps += 1) > 1) throw stopped;
  };
  await expect(remove({ onStep })).rejects.toBe(stopped);
  expect(await leftRuns(ids)).toEqual([...ids].sort());
  expect((await remove()).sort()).toEqual([...ids].sort());
});

it('takes batches of workspaces in turn, and stops when its time is up', async () => {
  const one = await workspaceThatKeeps({ runDays: 1 });
  const other = await workspaceThatKeeps({ runDays: 1 });
  const owner = new Map<string, string>();
  for (const id of [one, other]) {
    for (const runId of await runs(id, day, { count: 45 })) owner.set(runId, id);
  }
  expect(await remove({ workMs: 0 })).toEqual([]);
  const forgotten = await remove();
  expect(forgotten).toHaveLength(90);
  const turns = [0, 20, 40, 60, 80, 85].map((start) => owner.get(forgotten[start]!));
  expect(new Set(turns.slice(0, 2))).toEqual(new Set([one, other]));
  expect(turns.slice(2, 4)).toEqual(turns.slice(0, 2));
  expect(turns.slice(4)).toEqual(turns.slice(0, 2));
});

it('passes over a run that is being opened again, and keeps others from opening one', async () => {
  const id = await workspaceThatKeeps({ runDays: 1 });
  const [opened, expired] = [await run(id, day), await run(id, day)];
  const resume: Resume = { by: 'retry', nodeId: 'n', visit: 1, afterSeq: 0, lastSeq: 0, at: 0 };
  const forgotten = await transaction(pool, async (client) => {
    await client.query('SELECT FROM "Run" WHERE id = $1 FOR UPDATE', [opened]);
    return remove();
  });
  expect(forgotten).toEqual([expired]);
  expect(await reopenRun(pool, opened, resume)).toBe(true);
  expect(await remove()).toEqual([]);

  const late = await run(id, day);
  let retried: Promise<boolean> | undefined;
  await remove({
    forgetRuns: async () => {
      retried = reopenRun(pool, late, resume);
    },
  });
  expect(await retried).toBe(false);
});
