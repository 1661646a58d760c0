import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { connect as connectPlain } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { connectTemporal, temporalServer } from '@crmflow/temporal-config';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { listen } from '../../tests/support/listen.js';

const file = (name: string) =>
  fileURLToPath(new URL(`../../tests/fixtures/tls/${name}`, import.meta.url));
const read = (name: string) => readFileSync(file(name));

const ofServer: TlsOptions = {
  cert: read('server.pem'),
  key: read('server.key'),
  ca: read('ca.pem'),
  ALPNProtocols: ['h2'],
};
/** The certificate is of temporal.test, which no name server knows. */
const named = { TEMPORAL_TLS_SERVER_NAME: 'temporal.test', TEMPORAL_TLS: 'off' } as const;
const trusting = { ...named, TEMPORAL_TLS_CA: file('ca.pem') };
const certified = {
  ...trusting,
  TEMPORAL_TLS_CERT: file('client.pem'),
  TEMPORAL_TLS_KEY: file('client.key'),
};

describe('Temporal by TLS', () => {
  /** Takes only clients that a certificate of the authority proves, and leads to a plain server. */
  const door = createServer(
    { ...ofServer, requestCert: true, rejectUnauthorized: true },
    (socket) => {
      const [host = '', port = ''] = inject('temporalAddress').split(':');
      const inner = connectPlain(Number(port), host);
      socket.pipe(inner).pipe(socket);
      for (const [one, other] of [
        [socket, inner],
        [inner, socket],
      ] as const) {
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
      }
    },
  );
  let address: string;

  beforeAll(async () => {
    address = `127.0.0.1:${await listen(door)}`;
  });
  afterAll(() => void door.close());

  it('is reached with a client certificate, by clients and workers', async () => {
    const server = temporalServer({ ...certified, TEMPORAL_ADDRESS: address });
    const connection = await connectTemporal(server);
    const found = await connection.workflowService.describeNamespace({ namespace: 'default' });
    expect(found.namespaceInfo?.name).toBe('default');
    await connection.close();
    const native = await NativeConnection.connect(server);
    const again = await native.workflowService.describeNamespace({ namespace: 'default' });
    expect(again.namespaceInfo?.name).toBe('default');
    await native.close();
  });

  it.each([
    ['without a client certificate', trusting],
    ['where the authority of the server is not trusted', named],
    ['in plain', { TEMPORAL_TLS: 'off' } as const],
  ])('is not reached %s', async (_, environment) => {
    const server = temporalServer({ ...environment, TEMPORAL_ADDRESS: address });
    await expect(connectTemporal(server, 1_000)).rejects.toThrow();
  });

  it('names the file that it cannot read', () => {
    const environment = { ...certified, TEMPORAL_TLS_KEY: '/nowhere/client.key' };
    expect(() => temporalServer({ ...environment, TEMPORAL_ADDRESS: address })).toThrow(
      /TEMPORAL_TLS_KEY names a file that cannot be read: .*\/nowhere\/client\.key/,
    );
  });
});

describe('an API key', () => {
  it('goes to the server, by TLS', async () => {
    const seen: unknown[] = [];
    const server = createSecureServer({ cert: read('server.pem'), key: read('server.key') });
    server.on('stream', (stream, headers) => {
      seen.push(headers.authorization);
      stream.respond(
        { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '16' },
        { endStream: true },
      );
    });
    const TEMPORAL_ADDRESS = `127.0.0.1:${await listen(server)}`;
    const environment = { ...trusting, TEMPORAL_ADDRESS, TEMPORAL_API_KEY: 'key-of-ours' };
    await expect(connectTemporal(temporalServer(environment), 2_000)).rejects.toThrow();
    expect(seen[0]).toBe('Bearer key-of-ours');
    server.close();
  });

  it('means TLS where nothing else says so', () => {
    const environment = { TEMPORAL_TLS: 'off', TEMPORAL_ADDRESS: 'x:1' } as const;
    expect(temporalServer({ ...environment, TEMPORAL_API_KEY: 'key' })).toEqual({
      ...{ address: 'x:1', tls: true, apiKey: 'key' },
    });
    expect(temporalServer(environment)).toEqual({ address: 'x:1' });
  });
});
