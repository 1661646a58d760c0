import { limits } from '@crmflow/contracts';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { flushOf, said } from '../testing/flush.js';
import { newRun } from '../testing/new-run.js';
import { useDatabase } from '../testing/scratch-database.js';
import { acceptMessage, releaseMessage, reserveMessage } from './inbox.js';
import { readMessages } from './read-messages.js';
import { recordRun } from './record-run.js';

const database = useDatabase();
let pool: pg.Pool;
beforeAll(() => {
  ({ pool } = database);
});

describe('the inbox of a run', () => {
  const reserve = (runId: string, messageId: string, bytes = 1) =>
    reserveMessage(pool, { runId, messageId, bytes });
  const accept = (runId: string, messageId: string, bytes = 1) =>
    acceptMessage(pool, { runId, messageId, bytes, text: 't', generation: 0 });

  it('counts what waits until the run takes it, and knows what it has seen', async () => {
    const runId = await newRun(pool);
    expect(await reserve(runId, 'm1')).toEqual({ result: 'reserved', pending: 0 });
    // Sent again before it was answered.
    expect(await reserve(runId, 'm1')).toEqual({ result: 'reserved', pending: 0 });
    expect(await accept(runId, 'm1')).toBe('first');
    expect(await accept(runId, 'm1')).toBe('duplicate');
    expect(await reserve(runId, 'm1')).toEqual({ result: 'known', pending: 1 });
    expect(await accept(runId, 'm2')).toBe('first');
    expect(await reserve(runId, 'm3')).toEqual({ result: 'reserved', pending: 2 });
    expect(await reserve(runId, 'm4')).toEqual({ result: 'reserved', pending: 3 });
    await releaseMessage(pool, { runId, messageId: 'm3' });
    await recordRun(pool, flushOf(runId, [said(1, 'user', 'm1')]));
    expect(await reserve(runId, 'm5')).toEqual({ result: 'reserved', pending: 2 });
  });

  it('has room for so many messages and bytes, however many come at once', async () => {
    const many = async (bytes: number) => {
      const runId = await newRun(pool);
      const ids = Array.from({ length: 120 }, (_, index) => `m${index}`);
      const took = await Promise.all(
        ids.map(async (id) => {
          const { result } = await reserve(runId, id, bytes);
          if (result === 'reserved') await accept(runId, id, bytes);
          return result;
        }),
      );
      return took.filter((result) => result === 'reserved').length;
    };
    expect(await many(1)).toBe(limits.queuedMessages);
    expect(await many(12_000)).toBe(Math.floor(limits.queuedBytes / 12_000));
  });

  it('releases unused reservations', async () => {
    const runId = await newRun(pool);
    const all = limits.queuedBytes;
    expect((await reserve(runId, 'm1', all)).result).toBe('reserved');
    expect((await reserve(runId, 'm2', all)).result).toBe('full');
    await pool.query(
      `UPDATE "MessageReservation" SET until = now() - interval '1 s' WHERE "runId" = $1`,
      [runId],
    );
    expect((await reserve(runId, 'm2', all)).result).toBe('reserved');
  });

  it('takes nothing more once the run has ended', async () => {
    const runId = await newRun(pool);
    await accept(runId, 'm1');
    await pool.query(`UPDATE "Run" SET status = 'completed' WHERE id = $1`, [runId]);
    expect((await reserve(runId, 'm1')).result).toBe('known');
    expect((await reserve(runId, 'm2')).result).toBe('finished');
    expect((await reserve('run-none', 'm2')).result).toBe('gone');
  });

  it('reports a message as new even if the log has it already', async () => {
    const runId = await newRun(pool);
    await recordRun(pool, flushOf(runId, [said(1, 'user', 'm1')]));
    expect(await accept(runId, 'm1')).toBe('first');
    expect(await accept(runId, 'm1')).toBe('duplicate');
    expect(await reserve(runId, 'm2')).toMatchObject({ pending: 0 });
  });

  it('says gone where the run was deleted', async () => {
    const message = { runId: 'run-none', messageId: 'm1', bytes: 2, text: 't', generation: 0 };
    expect(await acceptMessage(pool, message)).toBe('gone');
  });
});

describe('readMessages', () => {
  it('gives the newest, oldest first, up to an event where asked', async () => {
    const runId = await newRun(pool);
    const messages = ['a', 'b', 'c', 'd'].map((id, index) => said(index + 1, 'system', id));
    await recordRun(pool, flushOf(runId, messages));
    const ids = async (options: { upToSeq?: number; limit: number }) =>
      (await readMessages(pool, runId, options)).map(({ id }) => id);
    expect(await ids({ limit: 2 })).toEqual(['c', 'd']);
    expect(await ids({ limit: 2, upToSeq: 3 })).toEqual(['b', 'c']);
    expect(await readMessages(pool, runId, { limit: 1 })).toEqual([
      { id: 'd', role: 'system', text: 'd', at: '2023-11-14T22:13:20.004Z' },
    ]);
  });

  it('leaves the oldest out where all would be too large', async () => {
    const runId = await newRun(pool);
    const text = 'x'.repeat(limits.logPageBytes / 10);
    const ids = Array.from({ length: 40 }, (_, index) => `m${index}`);
    await recordRun(
      pool,
      flushOf(
        runId,
        ids.map((id, index) => said(index + 1, 'system', id, text)),
      ),
    );
    const read = await readMessages(pool, runId, { limit: 200 });
    expect(read.map(({ id }) => id)).toEqual(ids.slice(-10));
  });
});
