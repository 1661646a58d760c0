import type { Problem } from '@crmflow/contracts';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { errorText } from '../texts/error-text.js';
import { texts } from '../texts.js';
import { ApiError } from './api-error.js';

/** A part of a streamed answer. */
export type StreamPart = { event: string; data: unknown };

const failed = ({ code, detail, title, errors }: Problem) =>
  new ApiError(code, errorText({ code, message: detail || title }), errors);

const unreachable = () => new ApiError('unreachable', texts.failures.unreachable);

async function open(path: string, body: unknown, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw unreachable();
  }
}

async function problemOf(response: Response): Promise<ApiError> {
  try {
    return failed((await response.json()) as Problem);
  } catch {
    return new ApiError('unreadable', texts.failures.unreadable(response.status));
  }
}

/**
 * Asks the API for an answer in parts (server-sent events).
 * @param signal ends the asking
 * @throws ApiError also for an `error` part; the signal's reason where it was ended
 */
export async function* stream(
  path: string,
  body: unknown,
  signal: AbortSignal,
): AsyncGenerator<StreamPart> {
  const response = await open(path, body, signal);
  if (!response.ok || !response.body) throw await problemOf(response);
  const reader = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw signal.aborted ? error : unreachable();
    });
    if (done) return;
    const data = JSON.parse(value.data) as unknown;
    if (value.event === 'error') throw failed(data as Problem);
    yield { event: value.event ?? 'message', data };
  }
}
