import { expect, it } from 'vitest';
import { durationWords, roughDuration } from './duration-words.js';

it.each([
  [0, '0 ms'],
  [999.6, '1,000 ms'],
  [1_500, '1.5 sec'],
  [59_999, '59 sec'],
  [60_000, '1 min'],
  [125_000, '2 min 5 sec'],
  [3_600_000, '1 hr'],
  [3 * 86_400_000 + 2 * 3_600_000 + 59_000, '3 days 2 hr'],
])('%d ms is "%s"', (ms, words) => {
  expect(durationWords(ms)).toBe(words);
});

it.each([
  [0, '1 min'],
  [125_000, '2 min'],
  [3 * 3_600_000 + 59_000, '3 hr'],
  [26 * 3_600_000, '1 day'],
])('%d ms is roughly "%s"', (ms, words) => {
  expect(roughDuration(ms)).toBe(words);
});
