import { describe, expect, it } from 'vitest';
import { attemptOfChunk, chunkAttempt } from './chunk-attempt.js';

describe('the number of streamed text', () => {
  const answers = [1, 2, 3].flatMap((call) =>
    [1, 2, 3, 2_500].flatMap((attempt) =>
      [false, true].map((isSecond) => ({ attempt, number: chunkAttempt(call, attempt, isSecond) })),
    ),
  );

  it('grows from each answer to the next', () => {
    const numbers = answers.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  it('tells the attempt', () => {
    for (const { attempt, number } of answers) expect(attemptOfChunk(number)).toBe(attempt);
  });
});
