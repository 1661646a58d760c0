import type { RealtimeSocket } from './sockets.js';

/** Packets that may wait for a client; the log itself is the buffer for the rest. */
const mostWaiting = 64;

/**
 * The way out to one client, which counts what its connection has not taken over yet: a client
 * that reads slowly, or not at all, must not fill our memory.
 */
export type Outbox = {
  send(event: string, payload: object): void;
  isFull(): boolean;
  close(): void;
};

/** @param onDrain told whenever the connection has taken over what waited */
export function createOutbox(socket: RealtimeSocket, onDrain: () => void): Outbox {
  // Which payload belongs to which event is ensured by who calls.
  const emit = socket.emit.bind(socket) as unknown as (event: string, payload: object) => void;
  let waiting = 0;
  const drained = () => {
    waiting = 0;
    onDrain();
  };
  socket.conn.on('drain', drained);
  return {
    send(event, payload) {
      waiting += 1;
      emit(event, payload);
    },
    isFull: () => waiting >= mostWaiting,
    close: () => void socket.conn.off('drain', drained),
  };
}
