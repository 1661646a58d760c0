import { describe, expect, it } from 'vitest';
import { addressOf, readRunQuery } from './run-query.js';

describe('which runs are listed', () => {
  it.each(['/runs', '/runs?workflowId=a%26b', '/runs?workflowId=a&status=timed_out'])(
    'stands in the address: %s',
    (address) => {
      const params = Object.fromEntries(new URL(address, 'http://localhost').searchParams);
      expect(addressOf(readRunQuery(params))).toBe(address);
    },
  );

  it('leaves out what it does not know', () => {
    expect(readRunQuery({ status: 'asleep', workflowId: '', more: 'x' })).toEqual({});
  });
});
