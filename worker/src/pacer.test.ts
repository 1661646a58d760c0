import { beforeEach, describe, expect, it } from 'vitest';
import { createPacer, type Pacer } from './pacer.js';

const turn = 100_000;
let now: number;
let pace: Pacer;
beforeEach(() => {
  now = 0;
  pace = createPacer(() => now);
});

describe('a run that goes on without waiting', () => {
  it('is not held up where it is the only one', () => {
    expect([1, 2, 3].map(() => pace('ada', turn))).toEqual([0, 0, 0]);
  });

  it('pauses the longer, the more is to be done at once', () => {
    const pauses = Array.from({ length: 30 }, () => pace('ada', turn));
    expect(pauses.at(-1)).toBeGreaterThan(1_000);
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  });

  it('may go on at once again when what was taken is paid off', () => {
    for (let i = 0; i < 30; i += 1) pace('ada', turn);
    now += 60_000;
    expect(pace('ada', turn)).toBe(0);
  });

  it('waits for its own owner, not for another with many runs', () => {
    for (let i = 0; i < 30; i += 1) pace('ada', turn);
    expect(pace('grace', turn)).toBe(0);
    expect(pace('ada', turn)).toBeGreaterThan(1_000);
  });
});
