import type { WireEvent } from '@crmflow/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFeed, type Feed } from './feed.js';
import type { LiveMessage, LogCursor, LogSlice } from '@crmflow/db';
import type { Watcher } from './feed.js';

const pageSize = 3;

/** A row that tells which writing of the log it belongs to. */
type Row = WireEvent & { epoch: number };
type Told = { row: Row } | { toSeq: number } | { chunk: string };

/** The log as the database keeps it: rows, and the epoch of the newest rewriting. */
function createLog() {
  let rows: Row[] = [];
  let epoch = 0;
  return {
    /** Every third row opens a call of the model, which the next one closes. */
    append() {
      const seq = rows.length + 1;
      const call = { nodeId: 'a', visit: Math.ceil(seq / 3) };
      const shapes = [
        { type: 'variable.set', data: { name: 'n', value: epoch } },
        { type: 'ai.started', ...call, data: {} },
        { type: 'ai.completed', ...call, data: {} },
      ];
      rows.push({ seq, at: 0, epoch, ...shapes[seq % 3] } as unknown as Row);
    },
    rewrite(keep: number) {
      rows = rows.slice(0, Math.min(keep, rows.length));
      epoch += 1;
      this.append();
    },
    read({ afterSeq, knownEpoch }: LogCursor): LogSlice {
      const newer = rows.filter((row) => row.epoch > knownEpoch);
      return {
        epoch,
        lastSeq: rows.length,
        ...(newer[0] && { rewoundTo: newer[0].seq - 1 }),
        rows: rows.slice(afterSeq, afterSeq + pageSize),
      };
    },
    /** The chunk that the newest row's call would send now. */
    chunk(): LiveMessage | undefined {
      const last = rows.at(-1);
      if (last?.type !== 'ai.started') return undefined;
      const { nodeId = '', visit = 0 } = last;
      return {
        kind: 'live',
        runId: 'run-1',
        at: '2026-01-01T00:00:00.000Z',
        event: 'ai:chunk',
        data: { nodeId, visit, attempt: 1, offset: 0, text: `${nodeId}:${visit}` },
      };
    },
    all: () => rows,
    epoch: () => epoch,
  };
}

function createFollower(seed: boolean[]) {
  const told: Told[] = [];
  let asked = 0;
  let settled = false;
  const watcher: Watcher = {
    ready: () => settled || seed.length === 0 || seed[asked++ % seed.length] === true,
    row: (row) => told.push({ row: row as Row }),
    rewound: (toSeq) => told.push({ toSeq }),
    live: ({ data }) => told.push({ chunk: `${data.nodeId}:${data.visit}` }),
  };
  return { told, watcher, settle: () => (settled = true) };
}

/** What a client holds in the end, having dropped what it was told to drop. */
function replay(told: readonly Told[], afterSeq: number, held: readonly Row[]) {
  let cursor = afterSeq;
  let story = [...held];
  const streaming = new Set<string>();
  for (const one of told) {
    if ('row' in one) {
      expect(one.row.seq).toBe(cursor + 1);
      cursor = one.row.seq;
      story.push(one.row);
      const key = `${one.row.nodeId}:${one.row.visit}`;
      if (one.row.type === 'ai.started') streaming.add(key);
      else streaming.delete(key);
    } else if ('toSeq' in one) {
      expect(one.toSeq).toBeLessThan(cursor);
      cursor = one.toSeq;
      story = story.filter((row) => row.seq <= cursor);
      streaming.clear();
    } else if (story.length > held.length) {
      expect(streaming).toContain(one.chunk);
    }
  }
  return { cursor, story };
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      poked: fc.constantFrom('now', 'late', 'never'),
      /** How many rows the poke brings along. */
      brings: fc.nat(2),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rewrite' as const), keep: fc.nat(8) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('stray notify' as const),
      seq: fc.nat(20),
      epoch: fc.nat(3),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('late notify' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('poll' as const) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('chunk' as const) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('ask' as const) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('look' as const) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('apply' as const), fails: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('glance' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('attach' as const),
      afterSeq: fc.nat(12),
      ready: fc.array(fc.boolean(), { maxLength: 4 }),
    }),
  },
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function run(steps: readonly Step[]) {
  const log = createLog();
  const followers: (ReturnType<typeof createFollower> & { afterSeq: number; held: Row[] })[] = [];
  let seen = { epoch: log.epoch(), rows: [...log.all()] };
  const late: Parameters<Feed['notify']>[] = [];
  let feed: Feed | undefined;
  let read: LogCursor | undefined;
  let page: LogSlice | undefined;

  const attach = (afterSeq: number, ready: boolean[]) => {
    const follower = { ...createFollower(ready), afterSeq, held: seen.rows.slice(0, afterSeq) };
    const at = {
      afterSeq,
      epoch: seen.epoch,
      lastSeq: seen.rows.length,
      status: 'running' as const,
      currentNodes: [],
    };
    feed ??= createFeed(at);
    feed.attach(follower.watcher, at);
    followers.push(follower);
  };

  const take = (one: Step) => {
    switch (one.kind) {
      case 'append': {
        log.append();
        const all = log.all();
        const poke = [all.length, log.epoch(), all.slice(all.length - one.brings)] as const;
        if (one.poked === 'now') feed?.notify(...poke);
        if (one.poked === 'late') late.push([...poke]);
        return;
      }
      case 'rewrite':
        return log.rewrite(one.keep);
      case 'stray notify':
        return feed?.notify(one.seq, one.epoch);
      case 'late notify': {
        const poke = late.shift();
        return poke && feed?.notify(...poke);
      }
      case 'poll':
        return feed?.invalidate();
      case 'chunk': {
        const message = log.chunk();
        return message && feed?.live(message);
      }
      case 'ask':
        read ??= feed?.next();
        return;
      case 'look':
        if (read) page ??= log.read(read);
        return;
      case 'apply':
        if (!read || !feed) return;
        if (one.fails) feed.failed();
        else if (page) feed.apply(read, page);
        else return;
        read = undefined;
        page = undefined;
        return;
      case 'glance':
        seen = { epoch: log.epoch(), rows: [...log.all()] };
        return;
      case 'attach':
        return attach(one.afterSeq, one.ready);
    }
  };

  attach(0, []);
  for (const one of steps) take(one);
  if (read) feed?.failed();
  for (const follower of followers) follower.settle();
  feed?.invalidate();
  for (let reads = 0; ; reads++) {
    const last = feed?.next();
    if (!last) break;
    feed?.apply(last, log.read(last));
    expect(reads).toBeLessThan(1000);
  }
  return { log, followers };
}

describe('a feed, whatever the schedule', () => {
  it('sends each watcher exactly the log, and chunks only within their call', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        const { log, followers } = run(steps);
        for (const { told, afterSeq, held } of followers) {
          const { cursor, story } = replay(told, afterSeq, held);
          expect(cursor).toBe(log.all().length);
          if (held.length === afterSeq) expect(story).toEqual(log.all());
        }
      }),
      { numRuns: 2000 },
    );
  });
});
