import { describe, expect, it } from 'vitest';
import { addressOf, readTemplateQuery } from './template-query.js';

const read = (address: string) =>
  readTemplateQuery(Object.fromEntries(new URL(address, 'http://flow').searchParams));

describe('the address of the templates', () => {
  it('is read as it was written', () => {
    const query = { q: 'follow up & more', category: 'sales' } as const;
    expect(read(addressOf(query))).toEqual(query);
  });

  it('asks for everything where it asks for what there is not', () => {
    expect(addressOf(read('/templates?category=cooking&q='))).toBe('/templates');
  });
});
