import { requireOwnOrigin } from '../http/origin.js';
import { apiTokenPrefix } from '../access/api-tokens.js';
import type { Authenticate, Principal } from '../access/principal.js';
import { bearerToken } from '../secret-token.js';
import type { Sessions } from './sessions.js';

/** The one way to a principal, for HTTP and for the socket handshake. */
export function createAuthenticate(deps: {
  sessions: Pick<Sessions, 'find' | 'cookie'>;
  findApiToken: (token: string) => Promise<Principal | null>;
  /** Origins besides the one that the request was sent to, such as `https://crm.example.com`. */
  origins: readonly string[];
}): Authenticate {
  return async ({ authorization, cookie, origin, host }) => {
    if (authorization !== undefined) {
      const token = bearerToken(authorization);
      if (token === null) return null;
      return token.startsWith(apiTokenPrefix)
        ? deps.findApiToken(token)
        : deps.sessions.find(token);
    }
    const token = deps.sessions.cookie.read(cookie);
    if (token === null) return null;
    requireOwnOrigin({ origin, host }, deps.origins);
    return deps.sessions.find(token);
  };
}
