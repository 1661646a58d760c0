import { describe, expect, it } from 'vitest';
import { whyRefused } from './address.js';

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
