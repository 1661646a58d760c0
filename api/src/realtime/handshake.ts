import type { SocketError } from '@crmflow/contracts';
import type { Authenticate, Credentials, Principal } from '../account/principal.js';
import { AppError } from '../errors/app-error.js';
import { toSocketError } from '../errors/problem.js';
import type { RealtimeSocket } from './sockets.js';

/** What a handshake says about who asks: `auth: {token}`, or the headers as with HTTP. */
export function credentialsOf({ auth, headers }: RealtimeSocket['handshake']): Credentials {
  const { authorization, cookie, origin, host } = headers;
  const token: unknown = auth.token;
  if (token === undefined || token === null) return { authorization, cookie, origin, host };
  return { authorization: `Bearer ${typeof token === 'string' ? token : ''}`, origin, host };
}

/** @throws AppError `unauthenticated`, `foreign_origin` */
export async function requireSession(
  authenticate: Authenticate,
  credentials: Credentials,
): Promise<Principal> {
  const principal = await authenticate(credentials);
  if (principal) return principal;
  const detail = 'Sign in, and send the session as auth: {token} or as a cookie.';
  throw new AppError('unauthenticated', detail);
}

/** An error as `connect_error` brings it to the client, with what it may branch on in `data`. */
export function asConnectError(error: unknown): Error & { data: SocketError } {
  const data = toSocketError(error);
  return Object.assign(new Error(data.message), { data });
}

/** Lets in who has a session. */
export function handshake(authenticate: Authenticate) {
  return (socket: RealtimeSocket, next: (error?: Error) => void): void => {
    const credentials = credentialsOf(socket.handshake);
    requireSession(authenticate, credentials).then(
      (principal) => {
        socket.data = { principal, credentials, checkedAt: Date.now() };
        next();
      },
      (error: unknown) => next(asConnectError(error)),
    );
  };
}
