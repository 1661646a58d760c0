import type { LookupFunction } from 'node:net';
import type { AllowList } from '@crmflow/contracts/egress';
import { buildConnector } from 'undici';
import { withTimeout } from '../call/deadline.js';
import { type Address, checkedAddresses, type Resolve } from './resolve.js';

const connectTimeoutMs = 10_000;

function answering(addresses: Address[]): LookupFunction {
  return (host, options, callback) => {
    const [first] = addresses;
    if (!first) {
      const error = new Error(`${host} has no address`) as NodeJS.ErrnoException;
      callback(Object.assign(error, { code: 'ENOTFOUND' }), '');
    } else if (options.all) {
      callback(null, addresses);
    } else {
      callback(null, first.address, first.family);
    }
  };
}

/** A name service that is silent must not hold up later requests to the same host. */
async function inTime(addresses: Promise<Address[]>, host: string): Promise<Address[]> {
  const late = Object.assign(new Error(`${host} was not resolved`), { code: 'ETIMEDOUT' });
  return withTimeout(addresses, connectTimeoutMs, late);
}

/**
 * Opens connections to checked addresses only: the host is resolved once, right here, and the
 * socket gets exactly the addresses that were judged, so a second answer of the DNS counts nothing.
 */
export function createConnector(resolve: Resolve, isAllowed: AllowList): buildConnector.connector {
  return (options, callback) => {
    const url = new URL(`${options.protocol}//${options.host ?? options.hostname}`);
    inTime(checkedAddresses(url, resolve, isAllowed), url.hostname).then(
      (addresses) => {
        const connect = buildConnector({
          lookup: answering(addresses),
          timeout: connectTimeoutMs,
          autoSelectFamily: true,
        });
        connect(options, callback);
      },
      (error: Error) => callback(error, null),
    );
  };
}
