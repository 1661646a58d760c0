import { limits } from '@crmflow/contracts';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { flushOf, said } from '../testing/flush.js';
import { newRun } from '../testing/new-run.js';
import { useDatabase } from '../testing/scratch-database.js';
import { acceptMessage, inboxState } from './inbox.js';
import { readMessages } from './read-messages.js';
import { recordRun } from './record-run.js';

const database = useDatabase();
let pool: pg.Pool;
beforeAll(() => {
  ({ pool } = database);
});

describe('the inbox of a run', () => {
  it('counts what waits until the run takes it, and knows what it has seen', async () => {
    const runId = await newRun(pool);
    expect(await inboxState(pool, runId, 'm1')).toEqual({
      known: false,
      pending: 0,
      pendingBytes: 0,
    });
    expect(
      await acceptMessage(pool, { runId, messageId: 'm1', bytes: 10, text: 't', generation: 0 }),
    ).toBe('first');
    expect(
      await acceptMessage(pool, { runId, messageId: 'm1', bytes: 10, text: 't', generation: 0 }),
    ).toBe('duplicate');
    expect(
      await acceptMessage(pool, { runId, messageId: 'm2', bytes: 5, text: 't', generation: 0 }),
    ).toBe('first');
    expect(await inboxState(pool, runId, 'm1')).toEqual({
      known: true,
      pending: 2,
      pendingBytes: 15,
    });
    await recordRun(pool, flushOf(runId, [said(1, 'user', 'm1')]));
    expect(await inboxState(pool, runId, 'm1')).toEqual({
      known: true,
      pending: 1,
      pendingBytes: 5,
    });
  });

  it('takes a message for the first also where the run told of it before', async () => {
    const runId = await newRun(pool);
    await recordRun(pool, flushOf(runId, [said(1, 'user', 'm1')]));
    expect(
      await acceptMessage(pool, { runId, messageId: 'm1', bytes: 2, text: 't', generation: 0 }),
    ).toBe('first');
    expect(
      await acceptMessage(pool, { runId, messageId: 'm1', bytes: 2, text: 't', generation: 0 }),
    ).toBe('duplicate');
    expect(await inboxState(pool, runId, 'm2')).toMatchObject({ pending: 0 });
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
