import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { whyRefused } from './address.js';
import type { AllowList } from './allow-list.js';
import { hostOf, refusedAddress } from './target.js';

/** An address and its family, as `net.connect` takes them. */
export type Address = { address: string; family: number };

/** Asks for all addresses of a host. */
export type Resolve = (host: string) => Promise<Address[]>;

/** The system's own answer, hosts file included. */
export const resolveBySystem: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/**
 * The addresses that a URL's host has right now, each of them checked.
 * @throws EgressError `egress_refused` if any of them may not be reached
 */
export async function checkedAddresses(
  url: URL,
  resolve: Resolve,
  isAllowed: AllowList,
): Promise<Address[]> {
  const host = hostOf(url);
  const family = isIP(host);
  const addresses = family === 0 ? await resolve(host) : [{ address: host, family }];
  if (isAllowed(url)) return addresses;
  for (const { address } of addresses) {
    const reason = whyRefused(address);
    if (reason !== null) throw refusedAddress(url, reason);
  }
  return addresses;
}
