import { createServer, type RequestListener, type Server } from 'node:http';
import type { Config } from '../config/config.js';
import { addressKey } from '../rate-limits/address-key.js';
import { createTally } from '../tally.js';
import { createTrustProxy } from './client-address.js';
import { isLoopback } from '../config/loopback.js';

/** What a connection may take; times in milliseconds. */
export type ConnectionLimits = {
  headersTimeout: number;
  /** For a whole request: an upload of the largest size, on a slow line. */
  requestTimeout: number;
  connectionsCheckingInterval: number;
  /** Connections of one network. */
  perAddress: number;
};

const usual: ConnectionLimits = {
  headersTimeout: 15_000,
  requestTimeout: 120_000,
  connectionsCheckingInterval: 5_000,
  perAddress: 500,
};

/**
 * An HTTP server whose connections end where nothing comes, and are bounded by network. Proxies and
 * this machine may have any number: they stand for others.
 */
export function createHttpServer(
  listener: RequestListener,
  config: Pick<Config, 'trustProxy' | 'rateLimits'>,
  limits: ConnectionLimits = usual,
): Server {
  const { perAddress, ...timeouts } = limits;
  const server = createServer(timeouts, listener);
  if (!config.rateLimits) return server;
  const open = createTally(perAddress);
  const trustProxy = createTrustProxy(config.trustProxy);
  server.on('connection', (socket) => {
    const { remoteAddress } = socket;
    if (remoteAddress === undefined) return;
    if (isLoopback(remoteAddress) || trustProxy(remoteAddress, 0)) return;
    const key = addressKey(remoteAddress);
    if (open.isFull(key)) socket.destroy();
    else socket.once('close', open.add(key));
  });
  return server;
}
