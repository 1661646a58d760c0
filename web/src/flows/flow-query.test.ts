import { describe, expect, it } from 'vitest';
import { addressOf, paramsOf, readFlowQuery } from './flow-query.js';

const read = (address: string) =>
  readFlowQuery(Object.fromEntries(new URL(address, 'http://flow').searchParams));

describe('the address of the dashboard', () => {
  it('is read as it was written', () => {
    const query = { q: 'Übergabe & 100 %', show: 'changed', sort: 'lastRun' } as const;
    expect(read(addressOf(query))).toEqual(query);
  });

  it('says nothing that goes without saying', () => {
    expect(addressOf(read('/'))).toBe('/');
  });

  it('asks for everything where it asks for what there is not', () => {
    expect(read('/?show=purple&sort=size')).toEqual({ q: '', show: 'all', sort: 'changed' });
    expect(read(`/?q=${'x'.repeat(300)}`).q).toHaveLength(200);
  });
});

describe('what the API is asked', () => {
  it('is a state, or templates, and always an order', () => {
    expect(paramsOf(read('/'))).toEqual({ sort: 'changed' });
    expect(paramsOf(read('/?q=%20a&show=failed&sort=name'))).toEqual({
      ...{ q: 'a', status: 'failed', sort: 'name' },
    });
    expect(paramsOf(read('/?show=template'))).toEqual({ template: 'true', sort: 'changed' });
  });
});
