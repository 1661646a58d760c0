import type { Role } from '@crmflow/contracts';

/** Somebody who signed in. */
export type UserPrincipal = {
  kind: 'user';
  userId: string;
  /** The stored (hashed) ID of the session, as the bus names it; it cannot be used to sign in. */
  sessionId: string;
};

/** A script with an API token: it may do in one workspace what its role may. */
export type TokenPrincipal = {
  kind: 'token';
  /** Who made the token: limits count its requests as this user's. */
  userId: string;
  /** The ID of the token, which ends its sockets as that of a session does. */
  sessionId: string;
  workspaceId: string;
  role: Role;
  name: string;
};

/**
 * Who sends a request. Every check in the system looks at a principal and nothing else; customers of
 * a public chat will be a further kind.
 */
export type Principal = UserPrincipal | TokenPrincipal;

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
