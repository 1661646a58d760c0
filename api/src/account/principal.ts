import { requireOwnOrigin } from './origin.js';
import type { Sessions } from './sessions.js';

/**
 * Who asks. Every check in the system asks a principal and nothing else; visitors of a public
 * chat and API tokens will be further kinds.
 */
export type Principal = {
  kind: 'user';
  userId: string;
  /** The stored (hashed) id of the session, as the bus names it; opens nothing. */
  sessionId: string;
};

/** What a request or a socket handshake says about who asks. */
export type Credentials = {
  /** `Bearer <token>`; where it is there, the cookie does not count. */
  authorization?: string | undefined;
  /** The whole Cookie header. */
  cookie?: string | undefined;
  origin?: string | undefined;
  host?: string | undefined;
};

/**
 * Finds who asks.
 * @returns null where there is no valid session
 * @throws AppError `foreign_origin` where a page of another origin makes a browser send its cookie
 */
export type Authenticate = (credentials: Credentials) => Promise<Principal | null>;

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
