import { describe, expect, it } from 'vitest';
import { createAllowList } from './allow-list.js';

describe('createAllowList', () => {
  const isAllowed = createAllowList(['Intranet.example:8080', '[::1]:80', '127.1:443']);

  it.each([
    ['http://intranet.example:8080/x', true],
    ['https://intranet.example:8080/', true],
    ['http://intranet.example/', false],
    ['http://[::1]/', true],
    ['https://127.0.0.1/', true],
    ['http://127.0.0.1/', false],
  ])('%s: %s', (url, allowed) => expect(isAllowed(new URL(url))).toBe(allowed));

  it.each(['intranet', 'http://intranet:80', 'a b:1', 'host:99999', 'u@host:80', 'host:80/path'])(
    'refuses the entry %s',
    (entry) => expect(() => createAllowList([entry])).toThrow(/CRMFLOW_EGRESS_ALLOW.*host:port/),
  );
});
