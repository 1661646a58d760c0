import { limits, type RunView } from '@crmflow/contracts';
import type pg from 'pg';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type BusMessage, busMessageBytes } from '../bus/message.js';
import { subscribe } from '../bus/subscribe.js';
import { event, flushOf, said } from '../testing/flush.js';
import { newRun } from '../testing/new-run.js';
import { useDatabase } from '../testing/scratch-database.js';
import { readEvents } from './read-log.js';
import { recordRun } from './record-run.js';
import { rewoundTo } from './read-log.js';

const database = useDatabase();
let pool: pg.Pool;
beforeAll(() => {
  ({ pool } = database);
});

type State = {
  status: string;
  lastSeq: number;
  epoch: number;
  view: RunView;
  finishedAt: Date | null;
  currentNode: string | null;
  error: unknown;
};

async function stateOf(runId: string): Promise<State> {
  const { rows } = await pool.query<State>('SELECT * FROM "Run" WHERE id = $1', [runId]);
  return rows[0] as State;
}

async function story(runId: string): Promise<string[]> {
  const page = await readEvents(pool, runId, 0, 1000);
  return (page?.events ?? []).map(
    ({ seq, data }) => `${seq}${(data as { reason: string }).reason}`,
  );
}

describe('recordRun', () => {
  it('writes rows and state as given', async () => {
    const runId = await newRun(pool);
    const error = { code: 'http_failed', message: 'No answer', nodeId: 'n1' };
    const result = await recordRun(pool, {
      runId,
      events: [
        { seq: 1, at: 1_700_000_000_123, type: 'node.failed', nodeId: 'n1', visit: 2, data: error },
        { seq: 2, at: 1_700_000_000_124, type: 'run.finished', data: { status: 'failed', error } },
      ],
      view: {
        status: 'failed',
        currentNodes: [{ nodeId: 'n1', visit: 2, state: 'active' }],
        variables: { name: 'Ada' },
        lastSeq: 2,
        error,
      },
      error,
      finishedAt: 1_700_000_000_124,
    });
    expect(result).toBe('recorded');
    expect(await stateOf(runId)).toMatchObject({
      status: 'failed',
      lastSeq: 2,
      epoch: 0,
      currentNode: 'n1',
      error,
      finishedAt: new Date(1_700_000_000_124),
      view: { variables: { name: 'Ada' }, lastSeq: 2 },
    });
    expect(await readEvents(pool, runId, 0, 10)).toEqual({
      lastSeq: 2,
      epoch: 0,
      events: [
        {
          runId,
          seq: 1,
          at: '2023-11-14T22:13:20.123Z',
          type: 'node.failed',
          nodeId: 'n1',
          visit: 2,
          data: error,
        },
        {
          runId,
          seq: 2,
          at: '2023-11-14T22:13:20.124Z',
          type: 'run.finished',
          data: { status: 'failed', error },
        },
      ],
    });
  });

  it('says gone where the run was deleted', async () => {
    expect(await recordRun(pool, flushOf('run-none', [event(1, 'a')]))).toBe('gone');
    expect(await readEvents(pool, 'run-none', 0, 10)).toBeNull();
  });

  it('ends a page early where its events are large, and goes on from there', async () => {
    const runId = await newRun(pool);
    const word = 'x'.repeat(limits.logPageBytes / 20);
    const events = Array.from({ length: 80 }, (_, index) => event(index + 1, word));
    await recordRun(pool, flushOf(runId, events));
    const pages: number[][] = [];
    for (let seq = 0; seq < events.length; seq = pages.at(-1)?.at(-1) ?? events.length) {
      const page = await readEvents(pool, runId, seq, 1_000);
      pages.push(page?.events.map((one) => one.seq) ?? []);
    }
    expect(pages.flat()).toEqual(events.map(({ seq }) => seq));
    expect(pages.map(({ length }) => length)).toEqual([32, 32, 16]);
  });

  it('takes a flush without events as the newest state', async () => {
    const runId = await newRun(pool);
    const flush = flushOf(runId, []);
    await recordRun(pool, { ...flush, view: { ...flush.view, status: 'waiting' } });
    expect(await stateOf(runId)).toMatchObject({ status: 'waiting', lastSeq: 0 });
  });

  it('leaves newer state alone when an old flush comes again', async () => {
    const runId = await newRun(pool);
    const old = flushOf(runId, [event(1, 'a'), event(2, 'b')]);
    await recordRun(pool, old);
    await recordRun(pool, flushOf(runId, [event(3, 'c')], { status: 'completed', finishedAt: 1 }));
    const before = await stateOf(runId);
    await recordRun(pool, old);
    await recordRun(pool, flushOf(runId, []));
    expect(await stateOf(runId)).toEqual(before);
    expect(await story(runId)).toEqual(['1a', '2b', '3c']);
  });

  it('does not open a finished run by the same rows with an older state', async () => {
    const runId = await newRun(pool);
    await recordRun(pool, flushOf(runId, [event(1, 'a')], { status: 'failed', finishedAt: 1 }));
    await recordRun(pool, flushOf(runId, [event(1, 'a')], { status: 'running' }));
    expect(await stateOf(runId)).toMatchObject({ status: 'failed', finishedAt: new Date(1) });
  });

  it('reopens a failed run that is retried', async () => {
    const runId = await newRun(pool);
    await recordRun(pool, flushOf(runId, [event(1, 'a')], { status: 'failed', finishedAt: 1 }));
    await recordRun(pool, flushOf(runId, [event(2, 'b')], { status: 'running' }));
    expect(await stateOf(runId)).toMatchObject({ status: 'running', finishedAt: null, lastSeq: 2 });
  });

  it('writes only what is new of a flush that overlaps', async () => {
    const runId = await newRun(pool);
    await recordRun(pool, flushOf(runId, [event(1, 'a'), event(2, 'b')]));
    await recordRun(pool, flushOf(runId, [event(2, 'b'), event(3, 'c')]));
    expect(await story(runId)).toEqual(['1a', '2b', '3c']);
    expect(await stateOf(runId)).toMatchObject({ lastSeq: 3, epoch: 0, view: { lastSeq: 3 } });
  });

  it('does not take another time for another story', async () => {
    const runId = await newRun(pool);
    await recordRun(pool, flushOf(runId, [event(1, 'a'), event(2, 'b')]));
    await recordRun(pool, flushOf(runId, [{ ...event(1, 'a'), at: 5 }]));
    expect(await story(runId)).toEqual(['1a', '2b']);
    expect(await stateOf(runId)).toMatchObject({ epoch: 0 });
  });

  it('replaces rows that differ and all later ones, and reports how far readers go back', async () => {
    const runId = await newRun(pool);
    await recordRun(
      pool,
      flushOf(
        runId,
        [1, 2, 3, 4, 5].map((seq) => event(seq, 'a')),
      ),
    );
    await recordRun(pool, flushOf(runId, [event(2, 'a'), event(3, 'b')], { status: 'waiting' }));
    expect(await story(runId)).toEqual(['1a', '2a', '3b']);
    expect(await stateOf(runId)).toMatchObject({ status: 'waiting', lastSeq: 3, epoch: 1 });
    expect(await rewoundTo(pool, runId, 0)).toEqual({ toSeq: 2, epoch: 1 });
    expect(await rewoundTo(pool, runId, 1)).toBeNull();

    await recordRun(pool, flushOf(runId, [event(4, 'b')]));
    await recordRun(pool, flushOf(runId, [event(4, 'c')]));
    expect(await rewoundTo(pool, runId, 1)).toEqual({ toSeq: 3, epoch: 2 });
    expect(await rewoundTo(pool, runId, 0)).toEqual({ toSeq: 2, epoch: 2 });
  });

  it('writes all of the same flushes sent at once exactly once', async () => {
    const runId = await newRun(pool);
    const flushes = [1, 3, 5].map((seq) => flushOf(runId, [event(seq, 'a'), event(seq + 1, 'a')]));
    for (const flush of flushes) {
      await Promise.all(Array.from({ length: 8 }, () => recordRun(pool, flush)));
    }
    expect(await story(runId)).toEqual(['1a', '2a', '3a', '4a', '5a', '6a']);
    expect(await stateOf(runId)).toMatchObject({ lastSeq: 6, epoch: 0 });
  });

  it('stores texts that jsonb refuses, cleaned', async () => {
    const runId = await newRun(pool);
    await recordRun(pool, flushOf(runId, [event(1, 'a\0b\ud800c')]));
    expect(await story(runId)).toEqual(['1ab\ufffdc']);
  });

  it('marks the visitor’s messages as taken, each once, and forgets them with their rows', async () => {
    const runId = await newRun(pool);
    const taken = async () => {
      const { rows } = await pool.query<{ messageId: string }>(
        `SELECT "messageId" FROM "RunMessage"
          WHERE "runId" = $1 AND "consumedAt" IS NOT NULL ORDER BY 1`,
        [runId],
      );
      return rows.map((row) => row.messageId);
    };
    await recordRun(
      pool,
      flushOf(runId, [
        said(1, 'system', 's1'),
        said(2, 'user', 'm1', 'süß'),
        said(3, 'user', 'm1'),
        said(4, 'user', 'm2'),
      ]),
    );
    expect(await taken()).toEqual(['m1', 'm2']);
    await recordRun(pool, flushOf(runId, [event(4, 'x')]));
    expect(await taken()).toEqual(['m1']);
  });

  it('pokes followers of the run, with the rows where they are few and new', async () => {
    const received: BusMessage[] = [];
    const subscription = subscribe(database.url, {
      onMessage: (message) => received.push(message),
      onReconnect: () => {},
    });
    await subscription.ready;
    const runId = await newRun(pool);
    const flush = flushOf(runId, [event(1, 'a'), event(2, 'a')]);
    await recordRun(pool, flush);
    const stored = (await readEvents(pool, runId, 0, 9))?.events ?? [];
    await recordRun(pool, flush);
    await recordRun(pool, flushOf(runId, [event(1, 'b')]));
    const large = 'x'.repeat(busMessageBytes);
    await recordRun(pool, flushOf(runId, [said(2, 'system', 's1', large)]));
    await vi.waitFor(() =>
      expect(received).toEqual([
        { kind: 'log', runId, seq: 2, epoch: 0, rows: stored.map(({ runId: _, ...row }) => row) },
        { kind: 'log', runId, seq: 2, epoch: 0 },
        { kind: 'log', runId, seq: 1, epoch: 1 },
        { kind: 'log', runId, seq: 2, epoch: 1 },
      ]),
    );
    await subscription.close();
  });
});
