import { expect, it } from 'vitest';
import { pluralIn } from './plural.js';

it.each([
  ['en', 0, '0 nodes'],
  ['en', 1, '1 node'],
  ['en', 1234, '1,234 nodes'],
  ['de', 1, '1 node'],
  ['de', 1234, '1.234 nodes'],
] as const)('in %s, %i is written “%s”', (language, count, words) => {
  expect(pluralIn(language)(count, '# node', '# nodes')).toBe(words);
});
