import { isIPv6 } from 'node:net';

/**
 * What an address counts as: an IPv4 address itself, of IPv6 the network of 64 bits, as anyone who
 * has one of its addresses has them all.
 */
export function addressKey(ip: string): string {
  const address = ip.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%', 1)[0]!.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').length;
  const padded = [...groups, ...Array<string>(Math.max(0, missing)).fill('0')];
  const network = [...padded, ...(tail ?? '').split(':')].slice(0, 4);
  return network.map((group) => parseInt(group || '0', 16).toString(16)).join(':');
}
