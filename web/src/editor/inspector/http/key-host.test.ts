import { expect, it } from 'vitest';
import { hostOf, isAllowedHost } from './key-host.js';

it.each([
  ['https://api.example.com/people/{{ vars.id }}', 'api.example.com:443'],
  ['http://API.example.com:8080', 'api.example.com:8080'],
  ['https://user@api.example.com?x={{ vars.x }}', 'api.example.com:443'],
  ['https://{{ vars.host }}/', undefined],
  ['https://api.{{ vars.host }}/', undefined],
  ['api.example.com', undefined],
  ['', undefined],
])('%s leads to %s', (url, host) => {
  expect(hostOf(url)).toBe(host);
});

it('lets a key go to its hosts only, on the port that is named or on all', () => {
  const hosts = ['api.example.com', 'other.example.com:8443'];
  expect(isAllowedHost(hosts, 'api.example.com:443')).toBe(true);
  expect(isAllowedHost(hosts, 'other.example.com:8443')).toBe(true);
  expect(isAllowedHost(hosts, 'other.example.com:443')).toBe(false);
  expect(isAllowedHost(hosts, 'sub.api.example.com:443')).toBe(false);
  expect(isAllowedHost([], 'api.example.com:443')).toBe(false);
});
