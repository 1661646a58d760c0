import type { FlowNodeInput } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { cardHeight, contentOf, handleStep, mainHandles, outletOf, wordParts } from './card.js';

const node = (type: string, data: object) =>
  ({ id: 'n', type, label: 'n', position: { x: 0, y: 0 }, data }) as FlowNodeInput;
const speak = (text: string) => node('speak', { mode: 'text', text });
const tall = (one: FlowNodeInput) => cardHeight(one, 'down');

describe('the height of a card', () => {
  it('is that of its words, up to four lines of a message', () => {
    const one = tall(speak('Hello'));
    const line = tall(speak('Hello\nthere')) - one;
    expect(line).toBe(20);
    expect(tall(speak(`${'What is your name? '.repeat(3)}`))).toBe(one + line);
    expect(tall(speak('so long a message '.repeat(500)))).toBe(one + 3 * line);
  });

  it('grows with choices and with cases', () => {
    const ask = (count: number) =>
      node('listen', {
        expect: 'choice',
        choices: Array.from({ length: count }, (_, i) => ({ value: `${i}`, label: `Choice ${i}` })),
      });
    expect(tall(ask(2))).toBeGreaterThan(tall(ask(0)));
    expect(tall(ask(8))).toBeGreaterThan(tall(ask(2)));
    expect(contentOf(ask(30))).toMatchObject({ moreChips: 22 });
    const branch = (count: number) =>
      node('logic', {
        kind: 'branch',
        cases: Array.from({ length: count }, (_, i) => ({ handle: `case-${i}`, when: 'true' })),
      });
    expect(tall(branch(3)) - tall(branch(2))).toBe(26);
  });

  it('is one line for cards that run to the right', () => {
    expect(cardHeight(speak('long '.repeat(99)), 'right')).toBe(64);
  });
});

it('says nothing of data that is not what it should be', () => {
  const odd = [undefined, null, 7, 'all', {}, [null, 7, 'one', {}, { label: {}, handle: 1 }]];
  for (const value of odd) {
    for (const one of [
      node('listen', { expect: 'choice', choices: value }),
      node('logic', { kind: 'branch', cases: value }),
      node('logic', { kind: 'set', assign: value }),
      node('speak', { mode: 'text', text: value === 'all' ? [] : value }),
      node('ai', { converse: value }),
    ]) {
      const { text, chips, rows } = contentOf(one);
      expect([...chips, ...rows.map(({ words }) => words)].join('')).toBe('');
      expect(text).toBeUndefined();
      expect(tall(one)).toBeGreaterThan(60);
      expect(mainHandles(one)).toHaveLength(1);
    }
  }
});

it('keeps all handles of a branch on its card', () => {
  const cases = Array.from({ length: 20 }, (_, i) => ({ handle: `case-${i}`, when: 'true' }));
  const branch = node('logic', { kind: 'branch', cases });
  const xs = mainHandles(branch).map((handle) => outletOf(branch, handle, 'down').x);
  expect(Math.max(...xs)).toBeLessThan(300);
  expect(new Set(xs).size).toBe(21);
  expect(handleStep(1)).toBe(0);
});

it('tells words from what stands for a value', () => {
  expect(wordParts('Hi {{ vars.name }}, it is {{now}}')).toEqual([
    { words: 'Hi ', isValue: false },
    { words: 'name', isValue: true },
    { words: ', it is ', isValue: false },
    { words: 'now', isValue: true },
  ]);
});

it('is higher for a question by the line of its reply, and keeps the handles of the reply', () => {
  const reply = node('listen', { variable: 'name' });
  const choices = ['Yes', 'No'].map((value) => ({ value, label: value }));
  const choice = node('listen', { expect: 'choice', choices });
  const ask = speak('What is your name?');
  expect(cardHeight(ask, 'down', reply)).toBe(tall(ask) + 36);
  expect(cardHeight(ask, 'down', choice)).toBeGreaterThan(cardHeight(ask, 'down', reply));
  expect(tall(ask)).toBe(cardHeight(ask, 'down'));
  expect(outletOf(ask, 'out', 'down', reply).y).toBe(cardHeight(ask, 'down', reply));
  expect(outletOf(ask, 'timeout', 'down', reply).side).toBe('right');
  expect(cardHeight(ask, 'right', reply)).toBe(cardHeight(reply, 'right'));
});
