import type { Json } from '@crmflow/contracts';
import { evaluate } from '@crmflow/expressions';
import { expect, it } from 'vitest';
import { expressionOf } from './path.js';
import { usedVariables } from './used-variables.js';

const answer: Json = { items: [{ 'odd "name"': 1, plain: 2, in: 3 }], '': 4 };

it.each([
  [[], answer],
  [['items', 0, 'plain'], 2],
  [['items', 0, 'odd "name"'], 1],
  [[''], 4],
] as const)('leads to %j', (steps, value) => {
  const scope = { vars: { answer }, input: {}, run: {}, messages: [] };
  expect(evaluate(expressionOf('answer', steps), scope)).toEqual(value);
});

it('finds the variables that a node reads', () => {
  const data = { url: 'https://x/{{ vars.id }}', body: { a: ['{{ vars.name + vars.id }}'] } };
  expect(usedVariables(data)).toEqual(['id', 'name']);
});
