import { expect, it } from 'vitest';
import { nothingSelected, press } from './selection.js';

const order = ['a', 'b', 'c', 'd', 'e'];

/** The presses in turn: those with `+` are with Shift. */
const after = (...presses: string[]) => {
  const end = presses.reduce(
    (selection, one) => press(selection, one.at(-1)!, { order, isRange: one.startsWith('+') }),
    nothingSelected,
  );
  return [...end.ids].toSorted().join('');
};

it.each([
  [['b'], 'b'],
  [['b', 'b'], ''],
  [['b', 'd'], 'bd'],
  [['b', '+d'], 'bcd'],
  [['d', '+b'], 'bcd'],
  [['b', '+d', '+e'], 'bcde'],
  // What a press takes out it takes out of the whole range.
  [['a', '+e', 'b', '+d'], 'ae'],
  // Without a press before it, a range is one.
  [['+c'], 'c'],
])('%j selects %s', (presses, expected) => {
  expect(after(...presses)).toBe(expected);
});

it('starts no range at an item that has left the list', () => {
  const selection = { ids: new Set(['gone']), anchor: 'gone' };
  const { ids } = press(selection, 'c', { order, isRange: true });
  expect([...ids]).toEqual(['gone', 'c']);
});
