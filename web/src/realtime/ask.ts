import type { ClientEvents } from '@crmflow/contracts';
import type { Socket } from 'socket.io-client';
import { errorText } from '../texts/error-text.js';
import type { AppSocket } from './socket.js';

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
