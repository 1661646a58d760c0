import type { RunEvent } from '@crmflow/contracts';
import { readEvents, recordRun } from '@crmflow/db';
import type { Pool } from 'pg';
import { newRun } from '../../../db/src/testing/new-run.js';
import { inTurns, median, took } from '../measure.js';
import type { Harness } from '../harness.js';
import type { Line } from '../table.js';

const rounds = 40;
const perRound = 10;

const said = (seq: number): RunEvent => ({
  ...{ seq, at: 1_700_000_000_000 + seq, type: 'message', nodeId: 'node', visit: 1 },
  data: { id: `m${seq}`, role: 'system', text: 'A sentence of about the usual length.' },
});

async function often(work: () => Promise<unknown>): Promise<number> {
  const ms = await took(async () => {
    for (let i = 0; i < perRound; i += 1) await work();
  });
  return ms / perRound;
}

function recordOne(pool: Pool, runId: string, seq: number, count = 1) {
  const events = Array.from({ length: count }, (_, i) => said(seq + i));
  const lastSeq = seq + count - 1;
  const view = { status: 'running' as const, currentNodes: [], variables: { a: 1 }, lastSeq };
  return recordRun(pool, { runId, events, view });
}

async function record(pool: Pool): Promise<Line> {
  const runId = await newRun(pool);
  const bareId = await newRun(pool);
  let seq = 0;
  let bareSeq = 0;
  const insert = {
    name: 'bare-insert',
    text: `INSERT INTO "ExecutionLog" ("runId", seq, at, type, data) VALUES ($1, $2, $3, $4, $5)`,
  };
  const pair = await inTurns(rounds, {
    path: () => often(() => recordOne(pool, runId, (seq += 1))),
    floor: () =>
      often(() => {
        const { type, at, data } = said((bareSeq += 1));
        return pool.query({ ...insert, values: [bareId, bareSeq, new Date(at), type, data] });
      }),
  });
  return {
    what: 'recordRun of one event, against an insert of one row',
    ...{ path: median(pair.path), floor: median(pair.floor), unit: 'ms' },
  };
}

async function read(pool: Pool, size: number): Promise<Line> {
  const runId = await newRun(pool);
  await recordOne(pool, runId, 1, size);
  const select = {
    name: 'bare-page',
    text: `SELECT * FROM "ExecutionLog" WHERE "runId" = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
    values: [runId, 0, size],
  };
  const pair = await inTurns(rounds, {
    path: () => often(() => readEvents(pool, runId, 0, size)),
    floor: () => often(() => pool.query(select)),
  });
  return {
    what: `a page of ${size} events of a log, against bare SQL`,
    ...{ path: median(pair.path), floor: median(pair.floor), unit: 'ms' },
  };
}

/** Writing and reading the log of a run, against the statements that nobody can do without. */
export async function log({ pool }: Harness): Promise<Line[]> {
  return [await record(pool), await read(pool, 50), await read(pool, 500)];
}
