import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';
import type { Config } from '../config/config.js';

/** Whether an address, so many hops away from us, is a proxy that is to be believed. */
export type TrustProxy = (address: string, hop: number) => boolean;

/** TRUST_PROXY as a rule. */
export function createTrustProxy(trusted: Config['trustProxy']): TrustProxy {
  if (trusted === false) return () => false;
  if (typeof trusted === 'number') return (_address, hop) => hop < trusted;
  return proxyAddr.compile(trusted.split(','));
}

/** Whom a request comes from: its peer, or whom trusted proxies name; `''` where it has gone. */
export function clientAddress(request: IncomingMessage, trustProxy: TrustProxy): string {
  return request.socket.remoteAddress === undefined ? '' : proxyAddr(request, trustProxy);
}
