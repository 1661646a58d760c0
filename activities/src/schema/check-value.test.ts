import type { Json } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { checkValueBy } from './check-value.js';

const order = {
  type: 'object',
  required: ['id', 'lines'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', pattern: '^o-' },
    lines: { type: 'array', items: { type: 'object', required: ['price'] } },
    state: { enum: ['open', 'paid'] },
    at: { type: 'string', format: 'date-time' },
  },
};

describe('a value', () => {
  it('that matches has no faults', () => {
    const value = { id: 'o-1', lines: [{ price: 1 }], at: '2026-01-01T00:00:00Z' };
    expect(checkValueBy(order)(value)).toEqual([]);
  });

  it('has a fault for each place', () => {
    const value = { id: 'x', lines: [{ price: 1 }, {}], state: 'lost', more: 1, at: 'soon' };
    const faults = checkValueBy(order)(value as unknown as Json);
    expect(faults.map(({ path }) => path).sort()).toEqual([
      'at',
      'id',
      'lines[1].price',
      'more',
      'state',
    ]);
    expect(faults).toContainEqual({ path: 'state', message: 'must be one of open, paid' });
  });

  it('is matched in linear time, whatever the pattern', () => {
    const check = checkValueBy({ type: 'string', pattern: '^(a+)+$' });
    expect(check(`${'a'.repeat(50_000)}b`)).toHaveLength(1);
  });
});

describe('a schema', () => {
  it.each([
    [{ type: 'nothing' }, /type/],
    [{ properties: { a: { $ref: 'https://example.com/schema' } } }, /\$ref is not supported/],
    [{ type: 'array', uniqueItems: true }, /uniqueItems is not supported/],
    [{ type: 'string', pattern: '(' }, /./],
  ])('cannot be %j', (schema, why) => {
    expect(() => checkValueBy(schema)).toThrow(why);
  });
});
