import { describe, expect, it } from 'vitest';
import { createAllowList, refusalOf, whyRefused } from './egress.js';

describe('whyRefused', () => {
  it.each(['93.184.215.14', '8.8.8.8', '2606:4700::1111', '2a00:1450:4001:82a::200e'])(
    'lets %s through',
    (address) => expect(whyRefused(address)).toBeNull(),
  );

  it.each([
    ['10.0.0.1', 'a private address'],
    ['169.254.169.254', 'a link-local address'],
    ['100.64.0.1', 'a carrier-grade NAT address'],
    ['::ffff:8.8.8.8', 'an IPv4-mapped address'],
    ['64:ff9b::808:808', 'a NAT64 address'],
    ['2001:db8::1', 'a reserved address'],
    ['168.63.129.16', 'an address of this machine'],
    ['fe80::1%eth0', 'a link-local address'],
    ['0177.0.0.1', 'not an address'],
  ])('says why %s is %s', (address, reason) => expect(whyRefused(address)).toBe(reason));
});

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

describe('refusalOf', () => {
  const isAllowed = createAllowList(['intranet.example:22', '127.0.0.1:8080']);

  it.each([
    ['https://api.example.com/x', null],
    ['http://127.0.0.1:8080/', null],
    ['http://intranet.example:22/', null],
    ['http://127.1/', 'address'],
    ['http://[::1]:8080/', 'address'],
    ['http://app.localhost:3000/', 'address'],
    ['http://169.254.169.254/latest', 'address'],
    ['http://api.example.com:22/', 'port'],
    ['http://api.example.com:5432/', 'port'],
  ])('%s: %s', (url, problem) => {
    expect(refusalOf(new URL(url), isAllowed)?.problem ?? null).toBe(problem);
  });
});
