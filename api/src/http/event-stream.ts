import { once } from 'node:events';
import type { Request, Response } from 'express';
import { asAppError } from '../errors/as-app-error.js';
import { toProblem } from '../errors/problem.js';

/**
 * Sends one event; its data travels as JSON.
 * @param id by which a client that comes back says how far it got
 * @returns whether the connection takes more; what is sent although it does not is kept in memory
 */
export type SendEvent = (event: string, data: unknown, id?: number) => boolean;

/**
 * What happens while an answer is streamed. What it throws becomes the last event, `error`, with
 * the problem that the answer would have been.
 * @param signal aborts once nobody listens
 * @param drained settles once the connection has taken over what was sent, or nobody listens
 */
export type StreamHandler = (
  send: SendEvent,
  signal: AbortSignal,
  drained: () => Promise<void>,
) => Promise<void>;

/** Proxies cut what is silent for a minute. */
const beatMs = 15_000;

/** Whether whoever asks wants the answer as a stream of events. */
export const wantsEvents = ({ headers }: Request): boolean =>
  (headers.accept ?? '').includes('text/event-stream');

/** Answers by server-sent events. Never rejects. */
export async function serveEvents(
  request: Request,
  response: Response,
  stream: StreamHandler,
): Promise<void> {
  const gone = new AbortController();
  const leave = () => gone.abort(new Error('the client disconnected'));
  response.on('close', leave);
  // That may have been while somebody decided what to answer.
  if (response.closed) leave();
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  const beat = setInterval(() => response.write(': still here\n\n'), beatMs);
  const send: SendEvent = (event, data, id) => {
    if (gone.signal.aborted) return false;
    const number = id === undefined ? '' : `id: ${id}\n`;
    return response.write(`${number}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const drained = async () => {
    if (!response.writableNeedDrain || gone.signal.aborted) return;
    await once(response, 'drain', { signal: gone.signal }).catch(() => undefined);
  };
  try {
    await stream(send, gone.signal, drained);
  } catch (thrown) {
    if (!gone.signal.aborted) {
      const error = asAppError(thrown);
      if (error.status >= 500) request.log.error({ err: error.options.cause }, error.code);
      send('error', toProblem(error, request.id as string));
    }
  } finally {
    clearInterval(beat);
    response.end();
  }
}
