import { randomUUID } from 'node:crypto';
import { type IncomingMessage, ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Config } from '../config/config.js';
import { AppError } from '../errors/app-error.js';
import { toProblem } from '../errors/problem.js';
import { clientAddress, createTrustProxy } from '../http/client-address.js';
import { createIsOwnHost, foreignHost } from '../http/own-host.js';
import { addressKey } from '../rate-limits/address-key.js';
import type { RealtimeServer } from './sockets.js';
import { createTally } from '../tally.js';

/** How long a connection may take to say who it is, and then to go, in milliseconds. */
export const handshakeMs = 10_000;
const partingMs = 1_000;

/** Connections that one network may have with one API process; an office shares an address. */
const mostPerAddress = 300;

/** A connection as the library below Socket.IO has it. */
type EngineConnection = {
  request: IncomingMessage;
  transport: { name: string; socket?: { terminate(): void } };
  once: (event: 'close', then: () => void) => void;
};

/** What stands for the response to an upgrade: the library's, which cannot answer. */
type Upgrading = { socket: Duplex };

function answer(response: ServerResponse | Upgrading, error: AppError): void {
  const body = JSON.stringify(toProblem(error, randomUUID()));
  const headers = {
    'Content-Type': 'application/problem+json',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  };
  if (response instanceof ServerResponse) {
    response.writeHead(error.status, headers).end(body);
    return;
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const start = `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\n${lines.join('')}\r\n`;
  response.socket.end(start + body);
}

/**
 * Turns connections away before anybody signs in: those to a host that is not ours, and those of a
 * network that has too many.
 */
export function guardConnections(
  io: RealtimeServer,
  config: Pick<Config, 'host' | 'origins' | 'trustProxy' | 'rateLimits'>,
): void {
  const isOwnHost = createIsOwnHost(config);
  const trustProxy = createTrustProxy(config.trustProxy);
  const open = createTally(config.rateLimits ? mostPerAddress : Infinity);
  const keyOf = (request: IncomingMessage) => addressKey(clientAddress(request, trustProxy));

  function refusal(request: IncomingMessage): AppError | null {
    const { headers, url = '' } = request;
    if (!isOwnHost(headers.host)) return foreignHost(headers.host);
    // As the library reads it: the last one counts.
    const isNew = !new URL(url, 'http://x').searchParams.getAll('sid').at(-1);
    if (!isNew || !open.isFull(keyOf(request))) return null;
    const detail = `Your network has ${mostPerAddress} connections open, which is the limit. Close some and try again.`;
    return new AppError('too_many_connections', detail);
  }

  io.engine.use(
    (request: IncomingMessage, response: ServerResponse | Upgrading, next: () => void) => {
      const error = refusal(request);
      if (error) answer(response, error);
      else next();
    },
  );
  io.engine.on('connection', (connection: EngineConnection) => {
    const close = open.add(keyOf(connection.request));
    connection.once('close', () => {
      close();
      // The library waits half a minute for a client to agree to its end.
      const { name, socket } = connection.transport;
      if (name === 'websocket') setTimeout(() => socket?.terminate(), partingMs).unref();
    });
  });
}
