import { slugSchema } from '@crmflow/contracts';
import { expect, it } from 'vitest';
import { newSlug } from './slug.js';

it.each([
  ['Support', 'support'],
  ['  Größe & Maß! ', 'grosse-mass'],
  ['Zażółć gęślą jaźń', 'zazolc-gesla-jazn'],
  ['Ｗｉｄｅ ﬁne', 'wide-fine'],
  ['日本語', 'chat'],
  ['…', 'chat'],
  ['a'.repeat(100), 'a'.repeat(53)],
  [`${'a'.repeat(52)} b`, 'a'.repeat(52)],
])('%j begins with %s', (name, base) => {
  const slug = newSlug(name);
  expect(slug).toMatch(new RegExp(`^${base}-[0-9a-z]{6}$`));
  expect(slugSchema.parse(slug)).toBe(slug);
  expect(newSlug(name)).not.toBe(slug);
});
