import { EventEmitter, once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { listen } from '../../../tests/support/listen.js';
import { createHttpServer } from './create-server.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const limits = {
  ...{ headersTimeout: 50, requestTimeout: 200, connectionsCheckingInterval: 20 },
  perAddress: 2,
};
const create = (trustProxy: false | string = false, rateLimits = true) => {
  const server = createHttpServer(
    (request) => request.resume(),
    { trustProxy, rateLimits },
    limits,
  );
  servers.push(server);
  return server;
};

describe('a connection', () => {
  it.each([
    ['nothing', ''],
    ['its headers slowly', 'POST / HTTP/1.1\r\nHost: x\r\nX-Slow: '],
    ['its body slowly', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx'],
  ])('that sends %s is ended', async (_, sent) => {
    const socket = connect(await listen(create()), '127.0.0.1');
    if (sent !== '') socket.write(sent);
    await once(socket.resume(), 'close');
  });
});

describe('a network', () => {
  /** What becomes of a connection from an address. */
  function from(server: Server, remoteAddress: string) {
    const socket = Object.assign(new EventEmitter(), {
      remoteAddress,
      isRefused: false,
      destroy: () => (socket.isRefused = true),
    });
    for (const listener of server.listeners('connection').slice(1)) listener.call(server, socket);
    return socket;
  }

  it('has so many connections, and another one once one of them has ended', () => {
    const server = create();
    const [one] = [from(server, '2001:db8::1'), from(server, '2001:db8::2')];
    expect(from(server, '2001:db8::3').isRefused).toBe(true);
    expect(from(server, '2001:db8:1::1').isRefused).toBe(false);
    one?.emit('close');
    expect(from(server, '2001:db8::4').isRefused).toBe(false);
  });

  it.each([
    ['this machine', '127.0.0.1', false, true],
    ['this machine, over IPv6', '::ffff:127.0.0.1', false, true],
    ['a proxy', '10.0.0.1', '10.0.0.0/8', true],
    ['anyone where there are no limits', '10.0.0.1', false, false],
  ] as const)('that is %s has any number', (_, address, trustProxy, rateLimits) => {
    const server = create(trustProxy, rateLimits);
    const sockets = [1, 2, 3, 4].map(() => from(server, address));
    expect(sockets.some(({ isRefused }) => isRefused)).toBe(false);
  });
});
