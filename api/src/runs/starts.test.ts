import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGate } from '../http/gate.js';
import type { Started } from './start-run.js';
import { createStarts, type Starts } from './starts.js';

let starts: Starts;
beforeEach(() => {
  vi.useFakeTimers();
  starts = createStarts(createGate({ atOnce: 3, perUser: 1, waiting: 9, patienceMs: 60_000 }));
});
afterEach(() => void vi.useRealTimers());

/** Asks for a start that is answered at once. @returns whether it was let through */
function start(userId: string, runId: string, created = true) {
  const one = { begun: false };
  const begin = () => {
    one.begun = true;
    return Promise.resolve({ created, runId } as Started);
  };
  starts.run(userId, runId, begin).catch(() => {});
  return one;
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('starts of one user', () => {
  it('wait for the first turn of the run before', async () => {
    const [first, second, others] = [start('ada', 'a'), start('ada', 'b'), start('grace', 'c')];
    await settle();
    expect([first.begun, second.begun, others.begun]).toEqual([true, false, true]);
    starts.heard('c');
    await settle();
    expect(second.begun).toBe(false);
    starts.heard('a');
    starts.heard('a');
    await settle();
    expect(second.begun).toBe(true);
    const third = start('ada', 'd');
    await settle();
    expect(third.begun).toBe(false);
  });

  it('go on where a first turn takes long', async () => {
    start('ada', 'a');
    const second = start('ada', 'b');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(second.begun).toBe(true);
  });

  it('do not wait for a run that was there before, nor for one that failed to start', async () => {
    start('ada', 'a', false);
    await settle();
    await expect(starts.run('ada', 'b', () => Promise.reject(new Error('no')))).rejects.toThrow();
    const third = start('ada', 'c');
    await settle();
    expect(third.begun).toBe(true);
  });
});
