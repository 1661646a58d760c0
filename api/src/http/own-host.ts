import { isIP } from 'node:net';
import type { RequestHandler } from 'express';
import type { Config } from '../config/config.js';
import { AppError } from '../errors/app-error.js';
import { isLoopback } from '../config/loopback.js';

const hostAndPort = /^(\[[0-9a-f:.]+\]|[^\s/?#@\\:[\]]+)(?::\d*)?$/i;

/** The name in a Host header: lower case, without port and brackets; null where it is none. */
function hostnameOf(header: string): string | null {
  const [, name] = hostAndPort.exec(header) ?? [];
  return name?.toLowerCase().replace(/^\[|\]$/g, '') ?? null;
}

/**
 * Whether a Host header names this installation: this machine, HOST, PUBLIC_URL or CORS_ORIGINS.
 * Otherwise a page could have its own name lead to us, and would be of our origin for the browser.
 * An address needs no such care: where HOST is all of them, each of them is ours.
 */
export function createIsOwnHost({
  host,
  origins,
}: Pick<Config, 'host' | 'origins'>): (header: string | undefined) => boolean {
  const names = new Set(['localhost', host.toLowerCase()]);
  for (const origin of origins) names.add(hostnameOf(new URL(origin).host) ?? '');
  const takesAll = host === '0.0.0.0' || host === '::';
  return (header) => {
    const name = hostnameOf(header ?? '');
    if (name === null) return false;
    if (names.has(name)) return true;
    if (isIP(name) === 0) return false;
    return takesAll || isLoopback(name);
  };
}

/** The error for whoever came by a name that is not ours. */
export const foreignHost = (header = '') =>
  new AppError(
    'foreign_host',
    `This installation is not reached as ${header.slice(0, 200) || 'nothing'}. To allow it, set PUBLIC_URL to the address that people open.`,
  );

/** Turns away requests to a host that is not ours. */
export const requireOwnHost =
  (isOwnHost: (header: string | undefined) => boolean): RequestHandler =>
  ({ headers: { host } }, _response, next) => {
    next(isOwnHost(host) ? undefined : foreignHost(host));
  };
