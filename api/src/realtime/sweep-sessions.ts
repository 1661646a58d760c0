import type { Sessions } from '../account/sessions.js';
import type { RealtimeServer } from './sockets.js';

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
