import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type AllowList, hostOf, whyRefused } from '@crmflow/contracts/egress';
import { refusedAddress, refusedName } from './target.js';

/** An address and its family, as `net.connect` takes them. */
export type Address = { address: string; family: number };

/** Asks for all addresses of a host. */
export type Resolve = (host: string) => Promise<Address[]>;

/** The system's own answer, hosts file included. */
export const resolveBySystem: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/**
 * The addresses that a URL's host has right now, each of them checked.
 * @throws EgressError `egress_refused` if any of them may not be reached, or there is none
 */
export async function checkedAddresses(
  url: URL,
  resolve: Resolve,
  isAllowed: AllowList,
): Promise<Address[]> {
  const host = hostOf(url);
  const family = isIP(host);
  const ask = () => (family === 0 ? resolve(host) : Promise.resolve([{ address: host, family }]));
  if (isAllowed(url)) return ask();
  const addresses = await ask().catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'ENOTFOUND') return [];
    throw error;
  });
  if (addresses.length === 0) throw refusedName(url, 'has no address');
  for (const { address } of addresses) {
    const reason = whyRefused(address);
    if (reason === null) continue;
    throw family === 0 ? refusedName(url, `resolves to ${reason}`) : refusedAddress(url, reason);
  }
  return addresses;
}
