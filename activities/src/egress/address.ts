import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Azure's machine-local service answers on an address that looks public. */
const disguised = new Set(['168.63.129.16']);

const globalUnicastV6 = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

const words: { [range: string]: string } = {
  private: 'a private',
  uniqueLocal: 'a private',
  loopback: 'a loopback',
  linkLocal: 'a link-local',
  carrierGradeNat: 'a carrier-grade NAT',
  multicast: 'a multicast',
  broadcast: 'the broadcast',
  unspecified: 'an unspecified',
  ipv4Mapped: 'an IPv4-mapped',
  '6to4': 'a 6to4',
  teredo: 'a Teredo',
  rfc6052: 'a NAT64',
  rfc6145: 'an IPv4-translated',
};

/**
 * Why an address may not be connected to.
 * @param address an IPv4 or IPv6 address in canonical notation
 * @returns words such as `a private address`, or null for a plain public unicast address
 */
export function whyRefused(address: string): string | null {
  if (isIP(address) === 0) return 'not an address';
  if (address.includes('%')) return 'a link-local address';
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (range !== 'unicast') return `${words[range] ?? 'a reserved'} address`;
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(globalUnicastV6)) return 'a reserved address';
  if (disguised.has(parsed.toString())) return 'an address of this machine';
  return null;
}
