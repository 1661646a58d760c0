import type { Pacer } from '@crmflow/activities';
import { beforeEach, describe, expect, it } from 'vitest';
import { createPacer } from './pacer.js';

const cost = 100_000;
let now: number;
let pacer: Pacer;
beforeEach(() => {
  now = 0;
  pacer = createPacer(() => now);
});

let runs = 0;
const pace = (workspaceId: string, runId = `run-${(runs += 1)}`) =>
  pacer.pause({ runId, workspaceId, cost });

describe('a run that goes on without waiting', () => {
  it('is not held up where it is the only one', () => {
    expect([1, 2, 3].map(() => pace('ada', 'run'))).toEqual([0, 0, 0]);
  });

  it('pauses the longer, the more is to be done at once', () => {
    const pauses = Array.from({ length: 30 }, () => pace('ada'));
    expect(pauses.at(-1)).toBeGreaterThan(1_000);
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  });

  it('pauses the longer, the longer turns take', () => {
    const pauseAfter = (tookMs: number) => {
      pacer = createPacer(() => now);
      for (const id of ['a', 'b', 'c']) pace('ada', id);
      now += tookMs;
      return ['a', 'b', 'c'].map((id) => pace('ada', id)).at(-1) ?? 0;
    };
    expect(pauseAfter(50)).toBeLessThan(300);
    expect(pauseAfter(400)).toBeGreaterThan(2_000);
    expect(pauseAfter(2_000)).toBeGreaterThan(10_000);
  });

  it('does not count the time of its pauses, nor while it waited', () => {
    const firsts = Array.from({ length: 30 }, (_, i) => pace('ada', `of-${i}`));
    const longest = firsts.at(-1) ?? 0;
    now += longest;
    expect(pace('ada', 'of-29')).toBeLessThan(longest);
    pacer.rest('of-29');
    now += 50_000;
    expect(pace('ada', 'of-29')).toBe(0);
  });

  it('may go on at once again when what was taken is paid off', () => {
    for (let i = 0; i < 30; i += 1) pace('ada');
    now += 60_000;
    expect(pace('ada')).toBe(0);
  });

  it('waits for its own workspace, not for another with many runs', () => {
    for (let i = 0; i < 30; i += 1) pace('ada');
    expect(pace('grace')).toBe(0);
    expect(pace('ada')).toBeGreaterThan(1_000);
  });
});
