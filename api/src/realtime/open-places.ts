import { AppError } from '../errors/app-error.js';
import type { Presence } from './presence.js';
import type { RealtimeSocket } from './sockets.js';

/** Places of one kind, such as flows, that one connection may have open. */
const mostOpen = 20;

/**
 * @param open those that the connection has open
 * @param what their name in the plural, and how to close one
 * @throws AppError `rate_limited` where one more would be too many
 */
export function requireRoomFor(
  id: string,
  open: { size: number; has(id: string): boolean },
  { what, close }: { what: string; close: string },
): void {
  if (open.size < mostOpen || open.has(id)) return;
  const detail = `This connection has ${mostOpen} ${what} open, which is the limit. ${close}`;
  throw new AppError('rate_limited', detail);
}

/**
 * Shows a user at a place for as long as their socket is there.
 * @returns who is there, the user as the last
 * @throws AppError `unauthenticated` where the socket has gone
 */
export function enterPlace<P extends { id: string }>(
  socket: RealtimeSocket,
  presence: Presence<P>,
  place: string,
  user: Omit<P, 'id'>,
): { personId: string; people: P[] } {
  // Who went meanwhile would stay for ever.
  if (!socket.connected) throw new AppError('unauthenticated', 'The connection has ended.');
  const person = presence.enter(socket.id, place, user);
  const others = presence.people(place).filter(({ id }) => id !== person.id);
  return { personId: person.id, people: [...others, person] };
}
