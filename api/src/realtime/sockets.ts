import type { ClientEvents, ServerEvents, SocketError } from '@crmflow/contracts';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Authenticate, Credentials, Principal } from '../access/principal.js';
import type { Sessions } from '../account/sessions.js';
import { AppError } from '../errors/app-error.js';
import { toSocketError } from '../errors/problem.js';
import type { Tally } from '../tally.js';

/** What is known of a socket since its handshake. */
export type SocketData = {
  principal: Principal;
  credentials: Credentials;
  /** When the session was last found valid, in epoch milliseconds. */
  checkedAt: number;
  /** The workspaces that it got something of. */
  workspaces: Set<string>;
};

/** Our Socket.IO server. */
export type RealtimeServer = Server<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;

/** One client's connection. */
export type RealtimeSocket = Socket<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;

/** What a handshake says about who asks: `auth: {token}`, or the headers as with HTTP. */
function credentialsOf({ auth, headers }: RealtimeSocket['handshake']): Credentials {
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
function asConnectError(error: unknown): Error & { data: SocketError } {
  const data = toSocketError(error);
  return Object.assign(new Error(data.message), { data });
}

/** Connections that one user may have with one API process: tabs, and scripts that leave some. */
export const mostPerUser = 100;

/**
 * Lets in who has a session, and not too many connections.
 * @param open the connections of each user
 */
export function handshake(authenticate: Authenticate, open: Tally) {
  const enter = async (socket: RealtimeSocket) => {
    const credentials = credentialsOf(socket.handshake);
    const principal = await requireSession(authenticate, credentials);
    const { userId } = principal;
    if (open.isFull(userId)) {
      const detail = `You have ${mostPerUser} connections open, which is the limit. Close some and try again.`;
      throw new AppError('too_many_connections', detail);
    }
    socket.data = { principal, credentials, checkedAt: Date.now(), workspaces: new Set() };
    const close = open.add(userId);
    if (socket.conn.readyState === 'open') socket.conn.once('close', close);
    else close();
  };
  return (socket: RealtimeSocket, next: (error?: Error) => void): void => {
    enter(socket).then(
      () => next(),
      (error: unknown) => next(asConnectError(error)),
    );
  };
}

/** The room of a session's sockets in this process. */
export const sessionRoom = (sessionId: string) => `session:${sessionId}`;

/** Ends the sockets of sessions, saying so by `disconnect`. */
export function disconnectSessions(io: RealtimeServer, sessionIds: readonly string[]): void {
  if (sessionIds.length > 0) io.in(sessionIds.map(sessionRoom)).disconnectSockets(true);
}

/**
 * Ends the sockets of sessions that are over: expired, or closed while nobody could be told.
 * @throws where the database does not answer; the sockets stay then
 */
export async function sweepSessions(io: RealtimeServer, sessions: Sessions): Promise<void> {
  const held = new Set([...io.sockets.sockets.values()].map((one) => one.data.principal.sessionId));
  if (held.size === 0) return;
  const alive = await sessions.alive([...held]);
  disconnectSessions(
    io,
    [...held].filter((sessionId) => !alive.has(sessionId)),
  );
}
