import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';

/** What lies between two chunks: nothing, milliseconds, or whatever a test waits for. */
export type Gap = number | ((chunk: number) => Promise<void> | void);

/** How the fake answers one request. */
export type Reply =
  | {
      kind: 'answer';
      text: string;
      /** How many chunks, or the chunks themselves. */
      chunks?: number | string[];
      /** Before each chunk, the first one too where it is a function. */
      gap?: Gap;
      finishReason?: string;
      /** Functions that it wants called, after the text; parts as they are. */
      calls?: { name: string; args: object; thoughtSignature?: string }[];
      /** The model that it says it is. */
      model?: string;
    }
  | {
      kind: 'error';
      status: number;
      message?: string;
      /** Of a google.rpc.ErrorInfo, such as API_KEY_INVALID. */
      reason?: string;
      /** Of a google.rpc.RetryInfo, such as `3s`. */
      retryDelay?: string;
      headers?: { [name: string]: string };
    }
  /** Some chunks come, then the stream breaks: by a reset, a clean end, or amid an event. */
  | { kind: 'break'; chunks: string[]; how: 'reset' | 'end' | 'mid-json'; gap?: Gap }
  /** Some chunks come, then an error inside the stream. */
  | { kind: 'stream-error'; chunks: string[]; status: number; message?: string; raw?: boolean }
  | { kind: 'blocked'; what: 'prompt' | 'answer'; reason: string; chunks?: string[] }
  /** Nothing ever comes. */
  | { kind: 'silent' };

/** Cuts a text into about `count` chunks of equal length, never inside a character. */
export function cut(text: string, count: number): string[] {
  const characters = Array.from(text);
  const size = Math.max(1, Math.ceil(characters.length / count));
  const chunks: string[] = [];
  for (let at = 0; at < characters.length; at += size) {
    chunks.push(characters.slice(at, at + size).join(''));
  }
  return chunks.length > 0 ? chunks : [''];
}

/** The JSON of an error as Google's APIs give it. */
export function errorBody(reply: Extract<Reply, { kind: 'error' | 'stream-error' }>): object {
  const { status, message = `fake error ${status}` } = reply;
  const details: object[] = [];
  if (reply.kind === 'error' && reply.reason !== undefined) {
    details.push({
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: reply.reason,
      domain: 'googleapis.com',
    });
  }
  if (reply.kind === 'error' && reply.retryDelay !== undefined) {
    details.push({
      '@type': 'type.googleapis.com/google.rpc.RetryInfo',
      retryDelay: reply.retryDelay,
    });
  }
  return { error: { code: status, message, ...(details.length > 0 && { details }) } };
}

type Calls = Extract<Reply, { kind: 'answer' }>['calls'];

function callParts(calls: Calls = []): object[] {
  return calls.map(({ thoughtSignature, ...functionCall }) => ({
    functionCall,
    ...(thoughtSignature !== undefined && { thoughtSignature }),
  }));
}

function part(text: string, finishReason?: string, model = 'fake-gemini', calls?: Calls): object {
  const texts = text === '' && calls ? [] : [{ text }];
  return {
    candidates: [
      {
        content: { role: 'model', parts: [...texts, ...callParts(calls)] },
        index: 0,
        ...(finishReason && { finishReason }),
      },
    ],
    modelVersion: model,
  };
}

/** Token counts of the fake: words. */
export function tokensOf(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}

/** A whole answer in one piece. */
export function wholeAnswer(text: string, promptTokens: number, finishReason = 'STOP'): object {
  return {
    ...part(text, finishReason),
    usageMetadata: {
      promptTokenCount: promptTokens,
      candidatesTokenCount: tokensOf(text),
      totalTokenCount: promptTokens + tokensOf(text),
    },
  };
}

async function wait(gap: Gap | undefined, chunk: number): Promise<void> {
  if (typeof gap === 'function') await gap(chunk);
  else if (gap && chunk > 0) await sleep(gap);
}

/** Writes a reply as server-sent events, the way `streamGenerateContent?alt=sse` does. */
export async function streamReply(
  response: ServerResponse,
  reply: Exclude<Reply, { kind: 'error' | 'silent' }>,
  promptTokens: number,
): Promise<void> {
  const send = (event: object) => response.write(`data: ${JSON.stringify(event)}\r\n\r\n`);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  if (reply.kind === 'blocked' && reply.what === 'prompt') {
    send({ promptFeedback: { blockReason: reply.reason } });
    response.end();
    return;
  }
  const chunks =
    reply.kind === 'answer' && !Array.isArray(reply.chunks)
      ? cut(reply.text, reply.chunks ?? 4)
      : ((reply.chunks as string[] | undefined) ?? []);
  const gap = 'gap' in reply ? reply.gap : undefined;
  for (const [index, text] of chunks.entries()) {
    await wait(gap, index);
    if (response.destroyed) return;
    const isLast = index === chunks.length - 1;
    const finishReason = reply.kind === 'answer' ? (reply.finishReason ?? 'STOP') : undefined;
    if (isLast && reply.kind === 'answer') {
      const usage = wholeAnswer(chunks.join(''), promptTokens);
      send({ ...usage, ...part(text, finishReason, reply.model, reply.calls) });
    } else {
      send(part(text));
    }
  }
  if (reply.kind === 'break') {
    await wait(reply.gap, chunks.length);
    if (reply.how === 'reset') return void response.destroy();
    if (reply.how === 'mid-json') response.write('data: {"candidates": [{"content": {"par');
  } else if (reply.kind === 'stream-error') {
    if (reply.raw) response.write(JSON.stringify(errorBody(reply)));
    else send(errorBody(reply));
  } else if (reply.kind === 'blocked') {
    send({ candidates: [{ finishReason: reply.reason, index: 0 }] });
  }
  response.end();
}
