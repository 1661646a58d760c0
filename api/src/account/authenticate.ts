import { requireOwnOrigin } from '../http/origin.js';
import type { Authenticate } from '../http/principal.js';
import type { Sessions } from './sessions.js';

/** The one way to a principal, for HTTP and for the socket handshake. */
export function createAuthenticate(deps: {
  sessions: Pick<Sessions, 'find' | 'cookie'>;
  /** Origins besides the one that the request was sent to, such as `https://crm.example.com`. */
  origins: readonly string[];
}): Authenticate {
  return async ({ authorization, cookie, origin, host }) => {
    if (authorization !== undefined) {
      const token = /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1];
      return token === undefined ? null : deps.sessions.find(token);
    }
    const token = deps.sessions.cookie.read(cookie);
    if (token === null) return null;
    requireOwnOrigin({ origin, host }, deps.origins);
    return deps.sessions.find(token);
  };
}
