import { describe, expect, it } from 'vitest';
import { ask, row } from '../../../tests/support/flows.js';
import { compileRun } from '../compile-run.js';
import { begin, dequeue as dequeueOf, enqueue, loadProgram } from './index.js';
import type { Arrival, Position, RunState } from './state.js';

const input = compileRun(
  { schemaVersion: 1, ...row([ask('ask')]) },
  { runId: 'run-1', workflowId: 'flow-1', version: 1, input: {}, startedAt: 0 },
);
const base = begin(input);

const dequeue = (state: RunState, now: number) => dequeueOf(loadProgram(input), state, now);

const waiting: Position = {
  kind: 'reply',
  nodeId: 'ask',
  visit: 1,
  enteredAt: 0,
  deadline: 1000,
  reminders: [],
  retriesLeft: 0,
  said: 0,
};

const message = (messageId: string, at: number): Arrival => ({
  kind: 'message',
  messageId,
  text: messageId,
  at,
});

const inPosition = (position: Position, ...arrivals: Arrival[]): RunState =>
  arrivals.reduce(enqueue, { ...base, position });

describe('dequeue', () => {
  it('takes replies in order of arrival', () => {
    const first = dequeue(inPosition(waiting, message('a', 5), message('b', 4)), 10);
    expect(first?.input).toMatchObject({ at: 5, messages: [{ messageId: 'a' }] });
    expect(dequeue(first?.state ?? base, 10)?.input).toMatchObject({
      messages: [{ messageId: 'b' }],
    });
  });

  it('lets a reply win that was sent before the deadline, however late it is taken', () => {
    expect(dequeue(inPosition(waiting, message('a', 1000)), 90_000)?.input.kind).toBe('reply');
  });

  it('lets the time-out win over a reply that was sent after the deadline, and keeps the reply', () => {
    const taken = dequeue(inPosition(waiting, message('a', 1001)), 1001);
    expect(taken?.input).toEqual({ kind: 'timer', at: 1000 });
    expect(taken?.state.inbox).toHaveLength(1);
  });

  it('has nothing to take before anything has come', () => {
    expect(dequeue(inPosition(waiting), 999)).toBeNull();
    expect(dequeue(inPosition(waiting), 1000)?.input).toEqual({ kind: 'timer', at: 1000 });
  });

  it('leaves replies queued while the run sleeps, but not a cancellation', () => {
    const sleeping: Position = { kind: 'sleep', nodeId: 'w', visit: 1, enteredAt: 0, until: 50 };
    expect(dequeue(inPosition(sleeping, message('a', 1)), 10)).toBeNull();
    const cancelled = dequeue(inPosition(sleeping, message('a', 1), { kind: 'cancel', at: 2 }), 10);
    expect(cancelled?.input.kind).toBe('cancel');
    expect(cancelled?.state.inbox).toHaveLength(1);
  });

  it('takes nothing from a run that has ended', () => {
    expect(
      dequeue(inPosition({ kind: 'ended', status: 'completed' }, message('a', 1)), 10),
    ).toBeNull();
  });
});

describe('enqueue', () => {
  it('drops a message whose id it has seen', () => {
    expect(inPosition(waiting, message('a', 1), message('a', 2)).inbox).toHaveLength(1);
  });

  it('remembers the ids of messages that were taken', () => {
    const taken = dequeue(inPosition(waiting, message('a', 1)), 1);
    expect(enqueue(taken?.state ?? base, message('a', 2)).inbox).toHaveLength(0);
  });

  it('stays small whatever is thrown at it', () => {
    const flood = Array.from({ length: 1000 }, (_, i) => message(`m${i}`, i));
    expect(inPosition(waiting, ...flood).inbox).toHaveLength(200);
  });
});
