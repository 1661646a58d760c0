import { expect, it } from 'vitest';
import { rangesOf } from './ranges.js';

it.each([
  [[], ''],
  [[7], '7'],
  [[2, 3, 4, 9, 11, 12], '2–4, 9, 11–12'],
])('writes %j as %j', (numbers, words) => {
  expect(rangesOf(numbers)).toBe(words);
});
