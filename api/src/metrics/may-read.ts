import { createHash, timingSafeEqual } from 'node:crypto';
import { isLoopback } from '../config/loopback.js';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Who asks: the peer of the connection, and what the request says. */
export type Caller = {
  remoteAddress: string | undefined;
  headers: Record<string, string | string[] | undefined>;
};

/**
 * Whether somebody may read metrics: whoever has the token, and who is on this machine. A request
 * that a proxy passed on is not, whoever the proxy is.
 */
export function mayReadMetrics({ remoteAddress, headers }: Caller, token?: string): boolean {
  const { authorization } = headers;
  if (token !== undefined && typeof authorization === 'string') {
    return timingSafeEqual(digest(authorization), digest(`Bearer ${token}`));
  }
  const isPassedOn = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'].some(
    (name) => headers[name] !== undefined,
  );
  return !isPassedOn && remoteAddress !== undefined && isLoopback(remoteAddress);
}
