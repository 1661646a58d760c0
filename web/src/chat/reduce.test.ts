import type { RunSnapshot } from '@crmflow/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEvent } from './progress.js';
import { initialState, reduce, type FollowedRun } from './reduce.js';

const at = '2026-11-23T00:00:00.000Z';

const fresh: RunSnapshot = {
  runId: 'run-1',
  workflowId: 'w',
  version: 'draft',
  mode: 'auto',
  stepping: false,
  pausePoints: [],
  status: 'running',
  currentNodes: [],
  variables: {},
  messages: [],
  lastSeq: 0,
  startedAt: at,
};

/** Events without their numbers and times; a list of them is told from `seq` 1. */
type Untold = LogEvent extends infer E
  ? E extends LogEvent
    ? Omit<E, 'seq' | 'at'>
    : never
  : never;

const numberedFrom = (seq: number, events: readonly Untold[]): LogEvent[] =>
  events.map((event, index) => ({ ...event, seq: seq + index, at }));

const progress: Untold[] = [
  {
    type: 'run.started',
    data: { workflowId: 'w', version: 'draft', activeNode: 't', totalNodes: 4 },
  },
  { type: 'node.activated', nodeId: 'hi', visit: 1, data: { label: 'Hi', type: 'speak' } },
  {
    type: 'message',
    nodeId: 'hi',
    visit: 1,
    data: { id: 'hi:1:1', role: 'system', text: 'Hello' },
  },
  { type: 'node.completed', nodeId: 'hi', visit: 1, data: { handle: 'out', durationMs: 1 } },
  { type: 'node.activated', nodeId: 'ask', visit: 1, data: { label: 'Ask', type: 'listen' } },
  { type: 'waiting', nodeId: 'ask', visit: 1, data: { label: 'Ask', expect: 'number' } },
  { type: 'message', nodeId: 'ask', visit: 1, data: { id: 'm1', role: 'user', text: '7' } },
  { type: 'variable.set', nodeId: 'ask', visit: 1, data: { name: 'n', value: 7 } },
  { type: 'node.completed', nodeId: 'ask', visit: 1, data: { handle: 'out', durationMs: 9 } },
  { type: 'node.activated', nodeId: 'ai', visit: 1, data: { label: 'Answer', type: 'ai' } },
  { type: 'ai.started', nodeId: 'ai', visit: 1, data: {} },
  {
    type: 'ai.completed',
    nodeId: 'ai',
    visit: 1,
    data: { text: 'Seven!', usage: { inputTokens: 1, outputTokens: 1 } },
  },
  { type: 'message', nodeId: 'ai', visit: 1, data: { id: 'ai:1:1', role: 'ai', text: 'Seven!' } },
  { type: 'node.completed', nodeId: 'ai', visit: 1, data: { handle: 'out', durationMs: 5 } },
  { type: 'run.finished', data: { status: 'completed', output: { n: 7 } } },
];
const events = numberedFrom(1, progress);

const applyAll = (state: FollowedRun, events: readonly LogEvent[]) =>
  events.reduce((now, event) => reduce(now, { kind: 'event', event }), state);
const upTo = (seq: number) => applyAll(initialState(fresh), events.slice(0, seq));
const textsOf = (state: FollowedRun) =>
  state.progress.messages.map(({ role, text }) => [role, text]);

it('shows the sources of a visit at its answer only', () => {
  const usage = { inputTokens: 1, outputTokens: 1 };
  const sources = [{ itemId: 'k', name: 'Handbook', page: 3 }];
  const answer = (nodeId: string, role: 'ai' | 'system'): Untold => ({
    ...{ type: 'message', nodeId, visit: 1 },
    data: { id: `${nodeId}:1:1`, role, text: 'Hi' },
  });
  const events = numberedFrom(1, [
    { type: 'ai.completed', nodeId: 'a', visit: 1, data: { text: 'Hi', usage, sources } },
    answer('other', 'ai'),
    answer('a', 'ai'),
    { type: 'ai.completed', nodeId: 'b', visit: 1, data: { text: 'Hi', usage } },
    answer('b', 'ai'),
  ]);
  const state = events.reduce<FollowedRun>(
    (now, event) => reduce(now, { kind: 'event', event }),
    initialState(fresh),
  );
  expect(state.progress.messages.map((message) => message.sources)).toEqual([
    undefined,
    sources,
    undefined,
  ]);
});

describe('a run', () => {
  it('is followed to its end', () => {
    const { progress: end, log, ahead, live } = upTo(events.length);
    expect(end).toMatchObject({ status: 'completed', lastSeq: 15, finishedAt: at });
    expect(end.messages.map(({ text }) => text)).toEqual(['Hello', '7', 'Seven!']);
    expect([log.length, ahead, live, end.active, end.waiting]).toEqual([
      15,
      [],
      {},
      undefined,
      undefined,
    ]);
  });

  it('waits until the log has the reply', () => {
    expect(upTo(6).progress).toMatchObject({
      status: 'waiting',
      active: { nodeId: 'ask', label: 'Ask', state: 'waiting' },
      waiting: { nodeId: 'ask', expect: 'number' },
    });
    expect(upTo(7).progress).toMatchObject({ status: 'running' });
    expect(upTo(7).progress.waiting).toBeUndefined();
  });

  it('is paused before a node, until that runs or is skipped', () => {
    const paused = applyAll(
      upTo(4),
      numberedFrom(5, [{ type: 'paused', nodeId: 'ask', visit: 1, data: { reason: 'step' } }]),
    );
    expect(paused.progress).toMatchObject({
      status: 'paused',
      active: { nodeId: 'ask', visit: 1, state: 'paused' },
    });
    const [, , , , activated] = progress;
    const run = applyAll(paused, numberedFrom(6, activated ? [activated] : []));
    expect(run.progress).toMatchObject({
      status: 'running',
      active: { nodeId: 'ask', label: 'Ask' },
    });
    const data = { handle: 'out', durationMs: 0, skipped: true } as const;
    const skipped = applyAll(
      paused,
      numberedFrom(6, [{ type: 'node.completed', nodeId: 'ask', visit: 1, data }]),
    );
    expect(skipped.progress.status).toBe('running');
    expect(skipped.progress.active).toBeUndefined();
  });

  it('is the same however often and in whatever order its events come', () => {
    const arrivals = fc.array(fc.nat(events.length - 1), { maxLength: 40 }).chain((repeats) =>
      fc.shuffledSubarray([...events.keys(), ...repeats], {
        minLength: events.length + repeats.length,
      }),
    );
    fc.assert(
      fc.property(arrivals, (order) => {
        const state = applyAll(
          initialState(fresh),
          order.flatMap((index) => events[index] ?? []),
        );
        expect(state).toEqual(upTo(events.length));
      }),
    );
  });

  it('is the same from any snapshot, even with earlier events repeated', () => {
    fc.assert(
      fc.property(fc.nat(events.length), fc.nat(events.length), (seq, again) => {
        const { progress: seen } = upTo(seq);
        const { active, waiting, messages, lastSeq, status } = seen;
        const snapshot: RunSnapshot = {
          ...fresh,
          status,
          lastSeq,
          messages: [...messages],
          currentNodes: active ? [active] : [],
          ...(waiting && { waiting }),
        };
        const state = applyAll(initialState(snapshot), events.slice(Math.min(again, seq)));
        expect(textsOf(state)).toEqual(textsOf(upTo(events.length)));
        expect(state.progress.lastSeq).toBe(events.length);
      }),
    );
  });

  it('drops rewound events and takes the new ones', () => {
    const otherwise = numberedFrom(7, [
      {
        type: 'node.completed',
        nodeId: 'ask',
        visit: 1,
        data: { handle: 'timeout', durationMs: 9 },
      },
      { type: 'run.finished', data: { status: 'timed_out' } },
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 7, max: events.length }), (seq) => {
        const back = reduce(upTo(seq), { kind: 'rewound', toSeq: 6 });
        expect(back).toEqual({ ...upTo(6), live: {} });
        expect(applyAll(back, otherwise).progress).toMatchObject({
          status: 'timed_out',
          lastSeq: 8,
        });
      }),
    );
  });

  it('needs a new snapshot where its own was rewound', () => {
    const state = initialState({ ...fresh, lastSeq: 5 });
    expect(reduce(state, { kind: 'rewound', toSeq: 4 }).isOutdated).toBe(true);
    expect(reduce(state, { kind: 'rewound', toSeq: 5 }).isOutdated).toBe(false);
  });
});
