import {
  createServer,
  type IncomingHttpHeaders,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { listen } from './listen.js';

/** A request that came in. */
export type EchoRequest = {
  method: string;
  path: string;
  query: { [name: string]: string };
  headers: IncomingHttpHeaders;
  idempotencyKey: string | undefined;
  /** Parsed where it is JSON. */
  body: unknown;
  /** Epoch milliseconds. */
  at: number;
};

/** What a request is answered with. */
export type EchoAnswer = { status?: number; headers?: { [name: string]: string }; body?: unknown };

/** How the server behaves; each part can be left out. */
export type EchoOptions = {
  /** The JSON that a body is answered with; without it the whole request comes back. */
  answer?: (body: unknown) => unknown;
  /** Decides instead of everything else where it gives an answer. */
  handle?: (request: EchoRequest) => EchoAnswer | undefined | Promise<EchoAnswer | undefined>;
  port?: number | undefined;
};

/** A running server for integrations to call. */
export type EchoServer = {
  url: string;
  /** All requests so far, oldest first. */
  requests: EchoRequest[];
  /** How many requests came with an idempotency key. */
  countOf(idempotencyKey: string): number;
  behave(options: Omit<EchoOptions, 'port'>): void;
  close(): Promise<void>;
};

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: EchoAnswer): void {
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json';
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body ?? null));
}

/** The answer that a path asks for: `/status/:code`, `/slow`, `/redirect`, `/bytes`. */
async function byPath(request: EchoRequest, earlier: number): Promise<EchoAnswer | 'never' | null> {
  const { path, query } = request;
  if (path === '/never') return 'never';
  if (path === '/slow') await sleep(Number(query['ms'] ?? 1000));
  if (path === '/redirect') {
    return { status: Number(query['status'] ?? 302), headers: { location: query['to'] ?? '/' } };
  }
  if (path === '/bytes') return { body: 'x'.repeat(Number(query['count'] ?? 0)) };
  const status = Number(/^\/status\/(\d{3})$/.exec(path)?.[1]);
  if (!status || earlier >= Number(query['times'] ?? Infinity)) return null;
  const retryAfter = query['retry-after'];
  return {
    status,
    ...(retryAfter !== undefined && { headers: { 'retry-after': retryAfter } }),
    body: { error: STATUS_CODES[status] ?? 'unknown' },
  };
}

/**
 * Starts an HTTP server on loopback that records what integrations send and answers by path:
 *
 * - `/status/503?times=2&retry-after=1`: an error, so often for each idempotency key, then a proper answer
 * - `/slow?ms=500`, `/never`: late, or not at all
 * - `/redirect?to=…&status=302`, `/bytes?count=300000`
 * - anything else: `answer(body)`, or the request as JSON
 */
export async function startEchoServer(start: EchoOptions = {}): Promise<EchoServer> {
  let options = start;
  const requests: EchoRequest[] = [];
  const counts = new Map<string | undefined, number>();
  const countOf = (key: string | undefined) => counts.get(key) ?? 0;

  async function answerTo(request: EchoRequest): Promise<EchoAnswer | 'never'> {
    const handled = await options.handle?.(request);
    if (handled) return handled;
    const asked = await byPath(request, countOf(request.idempotencyKey) - 1);
    if (asked) return asked;
    if (options.answer) return { body: options.answer(request.body) };
    const { method, path, query, headers, body } = request;
    return { body: { method, path, query, headers, body } };
  }

  const server = createServer((incoming, response) => {
    const receive = async () => {
      const url = new URL(incoming.url ?? '/', 'http://echo');
      const key = incoming.headers['idempotency-key'];
      const request: EchoRequest = {
        method: incoming.method ?? 'GET',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: incoming.headers,
        idempotencyKey: Array.isArray(key) ? key[0] : key,
        body: parsed(await text(incoming)),
        at: Date.now(),
      };
      requests.push(request);
      counts.set(request.idempotencyKey, countOf(request.idempotencyKey) + 1);
      const answer = await answerTo(request);
      if (answer !== 'never') send(response, answer);
    };
    receive().catch((error: unknown) => {
      send(response, { status: 500, body: `the echo server failed: ${String(error)}` });
    });
  });
  const port = await listen(server, start.port);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    countOf,
    behave: (next) => void (options = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
