import type { ClientEvents, ServerEvents, SocketError } from '@crmflow/contracts';
import { signal } from '@preact/signals';
import { io, type Socket } from 'socket.io-client';
import { errorText } from '../texts/error-text.js';

/** The page's one socket, typed both ways. */
export type AppSocket = Socket<ServerEvents, ClientEvents>;

/** Whether the socket is there; the page says so only once it was lost. */
export const connection = signal<'idle' | 'connecting' | 'connected' | 'lost'>('idle');

/** Called where the server refuses the socket or has ended it, to find out why. */
let onRefused: () => void = () => undefined;
let current: AppSocket | undefined;
let again: ReturnType<typeof setTimeout> | undefined;

const againMs = 2_000;

/** Says what to do where the server no longer takes the session. */
export function whenRefused(handler: () => void): void {
  onRefused = handler;
}

/** Socket.IO gives up after a refusal, although a database that was away may be back soon. */
function tryLater(socket: AppSocket): void {
  clearTimeout(again);
  again = setTimeout(() => {
    if (socket === current && !socket.connected) socket.connect();
  }, againMs);
}

function open(): AppSocket {
  const socket: AppSocket = io({
    transports: ['websocket'],
    reconnectionDelay: 300,
    reconnectionDelayMax: 3_000,
  });
  connection.value = 'connecting';
  socket.on('connect', () => (connection.value = 'connected'));
  socket.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return;
    connection.value = 'lost';
    if (reason === 'io server disconnect') {
      onRefused();
      tryLater(socket);
    }
  });
  socket.on('connect_error', (error: Error & { data?: SocketError }) => {
    connection.value = 'lost';
    if (error.data?.code === 'unauthenticated') onRefused();
    if (!socket.active) tryLater(socket);
  });
  return socket;
}

/** The socket of the signed-in user, opened at its first use. */
export function openSocket(): AppSocket {
  current ??= open();
  return current;
}

/** Ends the socket, such as at log-out. */
export function closeSocket(): void {
  clearTimeout(again);
  current?.disconnect();
  current = undefined;
  connection.value = 'idle';
}

type Payload<K extends keyof ClientEvents> = Parameters<ClientEvents[K]>[0];
type Answer<K extends keyof ClientEvents> = Parameters<Parameters<ClientEvents[K]>[1]>[0];

/** How long the server may take for an answer, in milliseconds. */
export const answerMs = 10_000;

/**
 * Asks the server over the socket; an error is in the language of the reader.
 * @returns undefined where no answer came in time
 */
export async function ask<K extends keyof ClientEvents>(
  socket: AppSocket,
  name: K,
  payload: Payload<K>,
): Promise<Answer<K> | undefined> {
  // The library's own types lose the answer's type behind a time-out.
  const untyped = socket as unknown as Socket;
  try {
    const answer = (await untyped.timeout(answerMs).emitWithAck(name, payload)) as Answer<K>;
    if (!answer.ok) answer.error.message = errorText(answer.error);
    return answer;
  } catch {
    return undefined;
  }
}
