import { expect, it } from 'vitest';
import { addressOf, readContactQuery } from './contact-query.js';

it.each(['/contacts', '/contacts?tag=a%26b', '/contacts?q=ada&tag=vip'])(
  'which contacts are listed stands in the address: %s',
  (address) => {
    const params = Object.fromEntries(new URL(address, 'http://localhost').searchParams);
    expect(addressOf(readContactQuery(params))).toBe(address);
  },
);
