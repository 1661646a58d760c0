import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readValue, writeValue } from './value-text.js';

it('reads back any value that it has written', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const json = JSON.parse(JSON.stringify(value)) as Parameters<typeof writeValue>[0];
      expect(readValue(writeValue(json))).toEqual(json);
    }),
  );
});

it('takes templates and words as they are', () => {
  expect(readValue('{{ vars.name }}')).toBe('{{ vars.name }}');
  expect(readValue('  two words ')).toBe('  two words ');
  expect(readValue('[1, 2]')).toEqual([1, 2]);
  expect(writeValue('true')).toBe('"true"');
});
