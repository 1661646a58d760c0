/**
 * Who sends a request. Every check in the system looks at a principal and nothing else; customers of
 * a public chat and API tokens will be further kinds.
 */
export type Principal = {
  kind: 'user';
  userId: string;
  /** The stored (hashed) ID of the session, as the bus names it; it cannot be used to sign in. */
  sessionId: string;
};

/** What a request or a socket handshake says about its sender. */
export type Credentials = {
  /** `Bearer <token>`; if it is present, the cookie is ignored. */
  authorization?: string | undefined;
  /** The whole Cookie header. */
  cookie?: string | undefined;
  origin?: string | undefined;
  host?: string | undefined;
};

/**
 * Finds the principal.
 * @returns null if there is no valid session
 * @throws AppError `foreign_origin` if a page of another origin makes a browser send its cookie
 */
export type Authenticate = (credentials: Credentials) => Promise<Principal | null>;
