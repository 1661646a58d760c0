import type { ClientEvents, ServerEvents } from '@crmflow/contracts';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Credentials, Principal } from '../account/principal.js';

/** What is known of a socket since its handshake. */
export type SocketData = {
  principal: Principal;
  credentials: Credentials;
  /** When the session was last found valid, in epoch milliseconds. */
  checkedAt: number;
};

/** Our Socket.IO server. */
export type RealtimeServer = Server<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;

/** One client's connection. */
export type RealtimeSocket = Socket<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;
