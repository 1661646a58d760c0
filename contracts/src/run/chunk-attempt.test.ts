import { describe, expect, it } from 'vitest';
import { attemptOfChunk, chunkAttempt, orderOfChunk } from './chunk-attempt.js';

describe('the number of streamed text', () => {
  const answers = [1, 2, 3].flatMap((call) =>
    [1, 2, 3, 2_500].flatMap((attempt) =>
      [false, true].map((isSecond) => ({ attempt, number: chunkAttempt(call, attempt, isSecond) })),
    ),
  );

  it('is that of the attempt for the first answer of a call', () => {
    expect([1, 2, 3].map((attempt) => chunkAttempt(1, attempt, false))).toEqual([1, 2, 3]);
    expect(new Set(answers.map(({ number }) => number)).size).toBe(answers.length);
  });

  it('tells the order of the answers', () => {
    const orders = answers.map(({ number }) => orderOfChunk(number));
    expect(orders).toEqual([...new Set(orders)].sort((a, b) => a - b));
  });

  it('tells the attempt', () => {
    for (const { attempt, number } of answers) expect(attemptOfChunk(number)).toBe(attempt);
  });
});
