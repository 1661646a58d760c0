import type { RunSnapshot } from '@crmflow/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEvent } from './progress.js';
import { initialState, reduce, type RunAction, type FollowedRun } from './reduce.js';

const at = '2026-11-23T00:00:00.000Z';
const place = { nodeId: 'ai', visit: 1 };

const answering: RunSnapshot = {
  runId: 'run-1',
  workflowId: 'w',
  version: 'draft',
  mode: 'auto',
  stepping: false,
  pausePoints: [],
  status: 'running',
  currentNodes: [{ ...place, state: 'active' }],
  variables: {},
  messages: [],
  lastSeq: 1,
  startedAt: at,
};

const chunk = (offset: number, text: string, attempt = 1, visit = 1): RunAction => ({
  kind: 'chunk',
  chunk: { nodeId: 'ai', visit, attempt, offset, text },
});
const event = (seq: number, rest: object): RunAction => ({
  kind: 'event',
  event: { seq, at, ...place, ...rest } as LogEvent,
});
const started = event(2, { type: 'ai.started', data: {} });
const completed = event(3, { type: 'ai.completed', data: { text: 'Hello' } });
const said = event(4, { type: 'message', data: { id: 'ai:1:1', role: 'ai', text: 'Hello' } });
const left = event(4, { type: 'node.completed', data: { handle: 'out', durationMs: 1 } });

const after = (...actions: RunAction[]): FollowedRun =>
  actions.reduce(reduce, initialState(answering));
const partialAfter = (...actions: RunAction[]) => after(...actions).live.partial;

describe('an answer while it is written', () => {
  it('grows by its chunks', () => {
    expect(partialAfter(started)).toMatchObject({ text: '', attempt: 0 });
    expect(partialAfter(started, chunk(0, 'He'), chunk(2, 'llo'))).toMatchObject({ text: 'Hello' });
  });

  it('takes what overlaps once', () => {
    const pieces = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 20 });
    fc.assert(
      fc.property(pieces, (cuts) => {
        const repeats = cuts.map(([from, to]) => chunk(from, 'Hello'.slice(from, to)));
        expect(partialAfter(started, chunk(0, 'Hello'), ...repeats)?.text).toBe('Hello');
      }),
    );
  });

  it('starts over with a new attempt, and ignores the old one', () => {
    expect(
      partialAfter(started, chunk(0, 'Hm'), chunk(0, 'He', 2), chunk(2, 'mm', 1), chunk(2, 'y', 2)),
    ).toMatchObject({ text: 'Hey', attempt: 2 });
    // The second answer of an attempt, and then the next attempt.
    const cut = [chunk(0, 'Hm'), chunk(0, 'Hmm', 5_001), chunk(0, 'He', 2), chunk(3, 'm', 5_001)];
    expect(partialAfter(started, ...cut)).toMatchObject({ text: 'He', attempt: 2 });
  });

  it('marks a gap, and keeps the text before it', () => {
    expect(partialAfter(chunk(40, 'lo'))).toMatchObject({ end: 42, text: '… lo' });
    const pieces = [chunk(0, 'He'), chunk(40, 'lo'), chunk(41, 'o!'), chunk(0, 'He')];
    expect(partialAfter(started, ...pieces)).toMatchObject({ end: 43, text: 'He … lo!' });
  });

  it('is of the current visit only', () => {
    expect(partialAfter(chunk(0, 'old', 1, 7))).toBeUndefined();
  });

  it('ends with the whole text, and gives way to the message', () => {
    expect(partialAfter(started, chunk(0, 'Hel'), completed)).toMatchObject({ text: 'Hello' });
    expect(partialAfter(started, completed, chunk(5, 'too late'))).toMatchObject({ text: 'Hello' });
    expect(partialAfter(started, chunk(0, 'Hel'), completed, said)).toBeUndefined();
    expect(after(started, chunk(0, 'Hel'), completed, said).progress.messages).toMatchObject([
      { role: 'ai', text: 'Hello' },
    ]);
  });

  it('disappears with its node if the answer only goes into a variable', () => {
    expect(partialAfter(started, completed, left)).toBeUndefined();
  });
});

describe('a call that is tried again', () => {
  const retrying: RunAction = {
    kind: 'retrying',
    retrying: {
      ...place,
      attempt: 1,
      error: { code: 'ai_unavailable', message: 'busy' },
      nextRetryAt: at,
    },
  };

  it('says so until the next attempt speaks', () => {
    expect(after(started, chunk(0, 'a'), retrying).live.retrying).toMatchObject({ attempt: 1 });
    expect(after(started, retrying, chunk(1, 'b', 1)).live.retrying).toBeDefined();
    expect(after(started, retrying, chunk(1, 'b', 5_001)).live.retrying).toBeDefined();
    expect(after(started, retrying, chunk(0, 'a', 2)).live.retrying).toBeUndefined();
    expect(after(started, retrying, completed).live.retrying).toBeUndefined();
  });

  it('says since when it waits, until the model speaks or the attempt fails', () => {
    const slow = (attempt: number): RunAction => ({
      kind: 'slow',
      slow: { ...place, attempt, startedAt: at },
    });
    expect(after(started, slow(1)).live.slow).toMatchObject({ attempt: 1, startedAt: at });
    expect(after(started, slow(1), retrying).live).not.toHaveProperty('slow');
    expect(after(started, retrying, slow(2)).live).not.toHaveProperty('retrying');
    expect(after(started, slow(1), chunk(0, 'a', 1)).live.slow).toBeUndefined();
    expect(after(started, slow(1), completed).live.slow).toBeUndefined();
    const node = { ...place, state: 'active', attemptStartedAt: at } as const;
    expect(initialState({ ...answering, currentNodes: [node] }).live.slow).toMatchObject({
      attempt: 1,
      startedAt: at,
    });
  });

  it('is known from the snapshot too', () => {
    const node = {
      ...place,
      state: 'active',
      attempt: 3,
      lastError: 'busy',
      nextRetryAt: at,
    } as const;
    expect(initialState({ ...answering, currentNodes: [node] }).live.retrying).toMatchObject({
      attempt: 2,
      error: { message: 'busy' },
    });
  });
});
