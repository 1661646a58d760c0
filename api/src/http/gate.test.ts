import { describe, expect, it, vi } from 'vitest';
import { createGate, type Gate } from './gate.js';

/** Work that is under way until it is told to end. */
function open(gate: Gate, userId: string) {
  const work = { begun: false, end: () => {}, done: Promise.resolve() };
  work.done = gate.run(userId, () => {
    work.begun = true;
    return new Promise<void>((resolve) => (work.end = resolve));
  });
  return work;
}

// Longer than the tests run: nobody is there to hear that what is left waiting is refused.
const size = { atOnce: 3, perUser: 2, waiting: 2, patienceMs: 2_147_483_647 };

describe('a gate', () => {
  it('gives one user only a share of it', () => {
    const gate = createGate(size);
    const works = [open(gate, 'a'), open(gate, 'a'), open(gate, 'a'), open(gate, 'b')];
    expect(works.map(({ begun }) => begun)).toEqual([true, true, false, true]);
    expect(gate.state()).toEqual({ busy: 3, waiting: 1 });
  });

  it('admits the longest waiting request that is allowed', async () => {
    const gate = createGate(size);
    const [first, , third] = [open(gate, 'a'), open(gate, 'a'), open(gate, 'a')];
    const fourth = open(gate, 'b');
    const fifth = open(gate, 'c');
    fourth.end();
    await fourth.done;
    expect([third.begun, fifth.begun]).toEqual([false, true]);
    first.end();
    await first.done;
    expect(third.begun).toBe(true);
  });

  it('frees the slot of a request that failed', async () => {
    const gate = createGate({ ...size, atOnce: 1 });
    const fails = gate.run('a', () => Promise.reject(new Error('no')));
    await expect(fails).rejects.toThrow('no');
    expect(gate.state()).toEqual({ busy: 0, waiting: 0 });
  });

  it('refuses users who have too many waiting requests', async () => {
    const gate = createGate(size);
    for (let count = 0; count < 4; count += 1) open(gate, 'a');
    await expect(open(gate, 'a').done).rejects.toMatchObject({
      code: 'rate_limited',
      options: { retryAfterSeconds: 2 },
    });
    expect(open(gate, 'b').begun).toBe(true);
  });

  it('refuses requests that waited too long', async () => {
    vi.useFakeTimers();
    const gate = createGate({ ...size, atOnce: 1 });
    open(gate, 'a');
    const late = expect(open(gate, 'b').done).rejects.toMatchObject({ code: 'rate_limited' });
    await vi.advanceTimersByTimeAsync(size.patienceMs);
    await late;
    expect(gate.state()).toEqual({ busy: 1, waiting: 0 });
    vi.useRealTimers();
  });
});
