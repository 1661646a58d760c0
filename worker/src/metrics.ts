import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer as createHttpServer, type IncomingHttpHeaders } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import type { RuntimeOptions } from '@temporalio/worker';
import { collectDefaultMetrics, type Registry } from 'prom-client';

/** Where Temporal's own part of the worker serves its metrics, for this process only. */
export type SdkMetrics = {
  telemetryOptions: NonNullable<RuntimeOptions['telemetryOptions']>;
  read(): Promise<string>;
};

async function freeLoopbackPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Has Temporal's part count: workflow tasks and their failures, slots, activities by type. */
export async function createSdkMetrics(): Promise<SdkMetrics> {
  const bindAddress = `127.0.0.1:${await freeLoopbackPort()}`;
  return {
    telemetryOptions: {
      metrics: {
        prometheus: {
          bindAddress,
          countersTotalSuffix: true,
          unitSuffix: true,
          useSecondsForDurations: true,
        },
      },
    },
    async read() {
      const response = await fetch(`http://${bindAddress}/metrics`);
      return response.text();
    },
  };
}

/** Where metrics are served, and who may read them. */
export type MetricsPlace = {
  host: string;
  port: number;
  /** What every reader must send; without it only this machine may read, on a loopback host. */
  token?: string | undefined;
};

const digest = (text: string) => createHash('sha256').update(text).digest();

const loopback = ['127.0.0.1', '::1', 'localhost'];

/** Without a token only this machine may read, and no page whose own name leads here. */
function mayRead({ authorization, host: named = '' }: IncomingHttpHeaders, place: MetricsPlace) {
  const { host, token } = place;
  if (token === undefined) {
    const name = named.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
    return loopback.includes(host) && loopback.includes(name);
  }
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`));
}

/**
 * Serves what this worker counts at `/metrics`, and at `/health` that it lives.
 * @param register what this process counts itself
 * @param readMore further metrics as Prometheus takes them
 * @returns the port, and what ends it
 * @throws Error where the port cannot be had
 */
export async function serveMetrics(
  place: MetricsPlace,
  register: Registry,
  readMore: () => Promise<string>,
): Promise<{ port: number; close: () => Promise<void> }> {
  collectDefaultMetrics({ register });
  const read = async () => (await register.metrics()) + (await readMore());

  const server = createHttpServer((request, response) => {
    const answer = (status: number, text: string, type = 'text/plain') =>
      response.writeHead(status, { 'Content-Type': type }).end(text);
    if (request.url === '/health') answer(200, 'ok\n');
    else if (request.url !== '/metrics') answer(404, 'Not found. Use /metrics or /health.\n');
    else if (!mayRead(request.headers, place)) {
      answer(401, 'Send Authorization: Bearer <METRICS_TOKEN>.\n');
    } else {
      read().then(
        (text) => answer(200, text, register.contentType),
        () => answer(500, 'The metrics could not be read.\n'),
      );
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(place.port, place.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
