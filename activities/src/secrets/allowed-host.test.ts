import { expect, it } from 'vitest';
import { isAllowedHost } from './allowed-host.js';

it.each([
  ['https://api.example.com/x', true],
  ['https://API.Example.com:8443/', true],
  ['https://user@api.example.com/', true],
  ['https://other.example.com:8443/', true],
  ['https://other.example.com/', false],
  ['https://other.example.com:84/', false],
  ['https://plain.example.com/', true],
  ['http://plain.example.com/', false],
  ['https://sub.api.example.com/', false],
  ['https://api.example.com.evil.example/', false],
  ['https://example.com/', false],
  ['https://api.example.com@evil.example/', false],
  ['https://evil.example/api.example.com', false],
  ['https://api.example.com./', false],
])('%s: %s', (url, allowed) => {
  const hosts = ['api.example.com', 'other.example.com:8443', 'plain.example.com:443'];
  expect(isAllowedHost(hosts, new URL(url))).toBe(allowed);
});
