import { createHash, randomBytes } from 'node:crypto';

/** A token of 256 random bits, to be told once. */
export const newToken = () => randomBytes(32).toString('base64url');

/** The token in an Authorization header; null where it has none. */
export const bearerToken = (authorization: string): string | null =>
  /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1] ?? null;

/** What is stored of a token, so that a leaked table opens nothing: sha256 in hex. */
export const hashOfToken = (token: string) => createHash('sha256').update(token).digest('hex');
