import type { WireEvent } from '@crmflow/contracts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LiveMessage, LogCursor } from '@crmflow/db';
import { createRelay, type Relay } from './relay.js';

const runId = 'run-1';
const start = { afterSeq: 0, epoch: 0, lastSeq: 0, status: 'running', currentNodes: [] } as const;

let relay: Relay | undefined;
afterEach(() => relay?.close());

/** A relay over a log in memory that can be away. */
function setUp() {
  const log: WireEvent[] = [];
  const state = { away: false, gone: false, reads: 0 };
  const append = (type: WireEvent['type'] = 'variable.set') =>
    log.push({
      seq: log.length + 1,
      at: 0,
      type,
      nodeId: 'a',
      visit: 1,
      data: {},
    } as unknown as WireEvent);
  const answer = async <T>(value: () => T): Promise<T> => {
    await Promise.resolve();
    if (state.away) throw new Error('connection refused');
    return value();
  };
  const made = createRelay({
    readLog: (_, { afterSeq }: LogCursor) => {
      state.reads += 1;
      return answer(() =>
        state.gone ? null : { epoch: 0, lastSeq: log.length, rows: log.slice(afterSeq) },
      );
    },
    readTips: (ids) =>
      answer(() =>
        state.gone ? [] : ids.map((id) => ({ runId: id, epoch: 0, lastSeq: log.length })),
      ),
    logger: { warn: () => {} },
    pollMs: 20,
  });
  relay = made;
  const told: (number | string)[] = [];
  const watcher = {
    ready: () => true,
    row: ({ seq }: WireEvent) => void told.push(seq),
    rewound: (toSeq: number) => void told.push(`back to ${toSeq}`),
    live: ({ data }: LiveMessage) => void told.push('text' in data ? data.text : 'retrying'),
  };
  return { append, state, told, watcher, relay: made };
}

describe('the relay', () => {
  it('tells what is there, and what is poked', async () => {
    const { append, told, watcher, relay } = setUp();
    append();
    relay.watch(runId, watcher, start);
    await vi.waitFor(() => expect(told).toEqual([1]));
    append();
    relay.notify({ runId, seq: 2, epoch: 0 });
    await vi.waitFor(() => expect(told).toEqual([1, 2]));
  });

  it('finds what no notification announced', async () => {
    const { append, told, watcher, relay } = setUp();
    relay.watch(runId, watcher, start);
    append();
    append();
    await vi.waitFor(() => expect(told).toEqual([1, 2]));
  });

  it('goes on where it stopped when the database comes back', async () => {
    const { append, state, told, watcher, relay } = setUp();
    append();
    relay.watch(runId, watcher, start);
    await vi.waitFor(() => expect(told).toEqual([1]));
    state.away = true;
    append();
    relay.notify({ runId, seq: 2, epoch: 0 });
    await vi.waitFor(() => expect(state.reads).toBeGreaterThan(2));
    append();
    state.away = false;
    relay.catchUp();
    await vi.waitFor(() => expect(told).toEqual([1, 2, 3]));
  });

  it('tells a chunk after the row that opens its call', async () => {
    const { append, told, watcher, relay } = setUp();
    relay.watch(runId, watcher, start);
    append('ai.started');
    relay.notify({ runId, seq: 1, epoch: 0 });
    relay.live({
      kind: 'live',
      runId,
      at: '2026-01-01T00:00:00.000Z',
      event: 'ai:chunk',
      data: { nodeId: 'a', visit: 1, attempt: 1, offset: 0, text: 'Hello' },
    });
    await vi.waitFor(() => expect(told).toEqual([1, 'Hello']));
  });

  it('forgets runs that nobody watches or that were deleted', async () => {
    const { append, state, told, watcher, relay } = setUp();
    relay.watch(runId, watcher, start);
    expect(relay.isWatching(runId, watcher)).toBe(true);
    relay.unwatch(runId, watcher);
    append();
    relay.notify({ runId, seq: 1, epoch: 0 });
    relay.watch(runId, watcher, start);
    await vi.waitFor(() => expect(told).toEqual([1]));
    state.gone = true;
    await vi.waitFor(() => expect(relay.isWatching(runId, watcher)).toBe(false));
  });
});
