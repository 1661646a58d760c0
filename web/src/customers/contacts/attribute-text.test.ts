import { expect, it } from 'vitest';
import { attributesOf, attributeText } from './attribute-text.js';

it('attributes keep their type where they are not touched', () => {
  const before = { plan: 'pro', seats: 3, tags: ['a'], beta: true };
  const lines = Object.entries(before).map(([name, value]) => ({
    ...{ name, text: attributeText(value) },
  }));
  expect(attributesOf(lines, before)).toEqual(before);
  const changed = lines.map((line) => (line.name === 'seats' ? { ...line, text: '4' } : line));
  expect(attributesOf(changed, before)).toEqual({ ...before, seats: '4' });
});

it('a line without a name says nothing, and a removed one is gone', () => {
  const lines = [
    { name: ' ', text: 'x' },
    { name: ' city ', text: 'Berlin' },
  ];
  expect(attributesOf(lines, { plan: 'pro' })).toEqual({ city: 'Berlin' });
});
