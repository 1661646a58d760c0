import { expect, it } from 'vitest';
import { inboxAddress, paramsOf, readInboxQuery } from './inbox-query.js';

it('reads addresses, and writes the shortest that says the same', () => {
  for (const address of ['/inbox', '/inbox?view=waiting&q=refund', '/inbox/c1?view=all']) {
    const { pathname, searchParams } = new URL(address, 'http://x');
    const query = readInboxQuery(Object.fromEntries(searchParams));
    expect(inboxAddress(query, pathname.split('/')[2])).toBe(address);
  }
});

it('shows my conversations when an address asks for an unknown view', () => {
  expect(paramsOf(readInboxQuery({ view: 'lost', q: ' ' }))).toEqual({ view: 'mine' });
});
