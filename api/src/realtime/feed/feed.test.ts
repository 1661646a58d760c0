import type { CurrentNode, WireEvent } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { createFeed, type Feed, type WatchStart } from './feed.js';
import type { LiveMessage, LogSlice } from '@crmflow/db';
import type { Watcher } from './feed.js';

const row = (seq: number, rest: Partial<WireEvent> = {}): WireEvent =>
  ({
    seq,
    at: 0,
    type: 'variable.set',
    data: { name: 'n', value: seq },
    ...rest,
  }) as WireEvent;

const rows = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => row(from + index));

const chunk = (text: string): LiveMessage => ({
  kind: 'live',
  runId: 'run-1',
  at: '2026-01-01T00:00:00.000Z',
  event: 'ai:chunk',
  data: { nodeId: 'a', visit: 1, attempt: 1, offset: 0, text },
});

const started = (seq: number) => row(seq, { type: 'ai.started', nodeId: 'a', visit: 1, data: {} });
const completed = (seq: number) =>
  row(seq, {
    type: 'ai.completed',
    nodeId: 'a',
    visit: 1,
    data: { text: '', usage: { inputTokens: 0, outputTokens: 0 } },
  });

const at = (afterSeq: number, rest: Partial<WatchStart> = {}): WatchStart => ({
  afterSeq,
  epoch: 0,
  lastSeq: afterSeq,
  status: 'running',
  currentNodes: [],
  ...rest,
});

const page = (found: WireEvent[], rest: Partial<LogSlice> = {}): LogSlice => ({
  epoch: 0,
  lastSeq: found.at(-1)?.seq ?? 0,
  rows: found,
  ...rest,
});

function follower() {
  const told: (number | string)[] = [];
  let open = true;
  const watcher: Watcher = {
    ready: () => open,
    row: (event) => told.push(event.seq),
    rewound: (toSeq) => told.push(`back to ${toSeq}`),
    live: ({ data }) => told.push('text' in data ? data.text : 'retrying'),
  };
  return { told, watcher, block: () => (open = false), unblock: () => (open = true) };
}

function follow(start: WatchStart) {
  const one = follower();
  const feed = createFeed(start);
  feed.attach(one.watcher, start);
  return { feed, ...one };
}

function answer(feed: Feed, found: LogSlice) {
  const read = feed.next();
  if (!read) throw new Error('The feed wants to read nothing.');
  feed.apply(read, found);
  return read;
}

describe('a feed', () => {
  it('sends each row once, whatever notifications say', () => {
    const { feed, told } = follow(at(0));
    answer(feed, page(rows(1, 3)));
    feed.notify(2, 0);
    feed.notify(3, 0);
    expect(feed.next()).toBeUndefined();
    feed.notify(4, 0);
    const read = feed.next();
    feed.notify(5, 0);
    feed.apply(read!, page(rows(4, 5)));
    expect(feed.next()).toBeUndefined();
    expect(told).toEqual([1, 2, 3, 4, 5]);
  });

  it('sends rows that come with a notification, without a look', () => {
    const { feed, told } = follow(at(0));
    answer(feed, page(rows(1, 2)));
    feed.notify(4, 0, rows(3, 4));
    expect(feed.next()).toBeUndefined();
    expect(told).toEqual([1, 2, 3, 4]);
  });

  it('looks where such rows are not all that is lacking', () => {
    const { feed, told } = follow(at(0));
    answer(feed, page(rows(1, 2)));
    feed.notify(5, 0, rows(4, 5));
    const read = feed.next();
    feed.notify(6, 0, rows(6, 6));
    feed.apply(read!, page(rows(3, 5)));
    expect(answer(feed, page(rows(6, 6)))).toEqual({ afterSeq: 5, knownEpoch: 0 });
    feed.notify(7, 1, rows(7, 7));
    answer(feed, page([], { epoch: 1, lastSeq: 7, rewoundTo: 5 }));
    answer(feed, page(rows(6, 7), { epoch: 1 }));
    feed.notify(7, 1, rows(7, 7));
    feed.notify(6, 0, rows(6, 6));
    expect(feed.next()).toBeUndefined();
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 'back to 5', 6, 7]);
  });

  it('reads on while the log is longer than a page', () => {
    const { feed, told } = follow(at(0));
    answer(feed, page(rows(1, 2), { lastSeq: 5 }));
    answer(feed, page(rows(3, 5)));
    expect(feed.next()).toBeUndefined();
    expect(told).toEqual([1, 2, 3, 4, 5]);
  });

  it('serves watchers at the end of the log before those that catch up', () => {
    const { feed, told } = follow(at(5));
    const late = follower();
    feed.attach(late.watcher, at(0, { lastSeq: 5 }));
    expect(answer(feed, page(rows(6, 6))).afterSeq).toBe(5);
    expect(answer(feed, page(rows(1, 3), { lastSeq: 6 })).afterSeq).toBe(0);
    feed.notify(7, 0);
    expect(answer(feed, page(rows(7, 7))).afterSeq).toBe(6);
    expect(answer(feed, page(rows(4, 7))).afterSeq).toBe(3);
    expect(feed.next()).toBeUndefined();
    expect(told).toEqual([6, 7]);
    expect(late.told).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('skips a watcher whose buffer is full, and resumes where it stopped', () => {
    const { feed, told, block, unblock } = follow(at(0));
    answer(feed, page(rows(1, 1)));
    block();
    feed.notify(3, 0);
    answer(feed, page(rows(2, 3)));
    expect(feed.next()).toBeUndefined();
    unblock();
    expect(answer(feed, page(rows(2, 3))).afterSeq).toBe(1);
    expect(told).toEqual([1, 2, 3]);
  });

  it('sends a rewritten log again, only to watchers that have the replaced events', () => {
    const { feed, told } = follow(at(0));
    const early = follower();
    answer(feed, page(rows(1, 6)));
    feed.attach(early.watcher, at(2, { lastSeq: 6 }));
    early.block();
    feed.notify(5, 1);
    answer(feed, page([], { epoch: 1, lastSeq: 5, rewoundTo: 3 }));
    expect(answer(feed, page(rows(4, 5), { epoch: 1 }))).toEqual({ afterSeq: 3, knownEpoch: 1 });
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 'back to 3', 4, 5]);
    early.unblock();
    answer(feed, page(rows(3, 5), { epoch: 1 }));
    expect(early.told).toEqual([3, 4, 5]);
  });

  it('rewinds a watcher whose cursor is past the end', () => {
    const { feed, told } = follow(at(9, { lastSeq: 4 }));
    answer(feed, page([], { lastSeq: 4 }));
    feed.notify(5, 0);
    answer(feed, page(rows(5, 5)));
    expect(told).toEqual(['back to 4', 5]);
  });

  it('looks again from the older epoch when somebody joins with one', () => {
    const { feed, told } = follow(at(3, { epoch: 2 }));
    const read = feed.next();
    const old = follower();
    feed.attach(old.watcher, at(3, { epoch: 1 }));
    feed.apply(read!, page([], { epoch: 2, lastSeq: 3 }));
    const again = answer(feed, page([], { epoch: 2, lastSeq: 3, rewoundTo: 1 }));
    expect(again.knownEpoch).toBe(1);
    answer(feed, page(rows(2, 3), { epoch: 2 }));
    expect([told, old.told]).toEqual([
      ['back to 1', 2, 3],
      ['back to 1', 2, 3],
    ]);
  });

  it('sends chunks between the start and the end of their call', () => {
    const { feed, told } = follow(at(0));
    feed.notify(1, 0);
    const read = feed.next();
    feed.live(chunk('Hel'));
    feed.live(chunk('lo'));
    feed.notify(2, 0);
    feed.apply(read!, page([started(1), completed(2)]));
    feed.live(chunk('too late'));
    answer(feed, page([], { lastSeq: 2 }));
    expect(feed.next()).toBeUndefined();
    expect(told).toEqual([1, 'Hel', 'lo', 2]);
  });

  it('sends chunks at once when no rows are pending', () => {
    const { feed, told } = follow(at(0));
    answer(feed, page([started(1)]));
    feed.live(chunk('Hello'));
    expect(told).toEqual([1, 'Hello']);
  });

  it('knows from the snapshot which calls stream', () => {
    const currentNodes: CurrentNode[] = [{ nodeId: 'a', visit: 1, state: 'active' }];
    const { feed, told } = follow(at(4, { currentNodes }));
    answer(feed, page([], { lastSeq: 4 }));
    feed.live(chunk('Hello'));
    expect(told).toEqual(['Hello']);
  });

  it('looks for the start of a call whose notification was lost', () => {
    const { feed, told } = follow(at(3));
    answer(feed, page([], { lastSeq: 3 }));
    feed.live(chunk('Hello'));
    answer(feed, page([row(4), started(5)]));
    expect(told).toEqual([4, 5, 'Hello']);
  });

  it('sends no chunks to watchers that catch up', () => {
    const { feed } = follow(at(0));
    answer(feed, page([started(1)]));
    const late = follower();
    feed.attach(late.watcher, at(0, { lastSeq: 1 }));
    feed.live(chunk('Hello'));
    answer(feed, page([], { lastSeq: 1 }));
    answer(feed, page([started(1)]));
    expect(late.told).toEqual([1]);
  });

  it('reads again after a read that failed', () => {
    const { feed, told } = follow(at(0));
    feed.next();
    feed.failed();
    answer(feed, page(rows(1, 1)));
    expect(told).toEqual([1]);
  });

  it('does not ask for ever for rows that the log lacks', () => {
    const { feed, told } = follow(at(0));
    answer(feed, page([], { lastSeq: 2 }));
    expect(feed.next()).toBeUndefined();
    expect(told).toEqual([]);
  });

  it('reads nothing once nobody watches', () => {
    const { feed, watcher } = follow(at(0));
    feed.detach(watcher);
    expect(feed.next()).toBeUndefined();
    expect(feed.isWatched()).toBe(false);
  });

  it('knows when the run has ended', () => {
    const { feed } = follow(at(0));
    answer(feed, page([row(1, { type: 'run.finished', data: { status: 'completed' } })]));
    expect(feed.hasEnded()).toBe(true);
  });

  it('takes a run whose end was lost for open again', () => {
    const { feed, told } = follow(at(0));
    answer(feed, page([row(1), row(2, { type: 'run.finished', data: { status: 'completed' } })]));
    feed.notify(1, 1);
    answer(feed, page([], { epoch: 1, lastSeq: 1, rewoundTo: 1 }));
    expect(told).toEqual([1, 2, 'back to 1']);
    expect(feed.hasEnded()).toBe(false);
  });
});
