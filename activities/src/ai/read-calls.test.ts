import { limits, type ModelFunction } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { readCalls } from './read-calls.js';

const usage = { inputTokens: 1, outputTokens: 1 };
const functions: ModelFunction[] = [
  {
    ...{ name: 'book', description: 'Books' },
    parameters: {
      type: 'object',
      properties: { day: { type: 'string' }, seats: { type: 'integer', minimum: 1 } },
      required: ['day'],
    },
  },
  { name: 'list', description: 'Lists' },
];
const read = (name: string, args: object) =>
  readCalls(
    {
      usage,
      finishReason: 'STOP',
      model: 'm',
      calls: [{ name, args: args as never }],
      turn: { parts: [] },
    },
    functions,
  )[0];

describe('a call that a model asks for', () => {
  it('is given on with what its author has declared, and nothing else', () => {
    expect(read('book', { day: 'Friday', seats: 2, host: 'evil.example', __proto__: {} })).toEqual({
      name: 'book',
      args: { day: 'Friday', seats: 2 },
    });
    expect(read('list', { all: true })).toEqual({ name: 'list', args: {} });
  });

  it.each([
    ['book', { seats: 2 }, /day/],
    ['book', { day: 7 }, /day must be string/],
    ['book', { day: 'Friday', seats: 0 }, /seats must be >= 1/],
    ['drop_tables', {}, /no function "drop_tables"/],
  ])('that does not fit is told why: %s %j', (name, args, why) => {
    expect(read(name, args)?.fault).toMatch(why);
  });

  it('may not be larger than a value', () => {
    const turn = { parts: ['x'.repeat(limits.valueBytes)] };
    const calls = [{ name: 'list', args: {} }];
    expect(() =>
      readCalls({ usage, finishReason: 'STOP', model: 'm', calls, turn }, functions),
    ).toThrow(/64 kB/);
    expect(readCalls({ usage, finishReason: 'STOP', model: 'm', turn }, functions)).toEqual([]);
  });
});
