import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Why a server could not begin to listen, in words for whoever starts it. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

const reasons: Record<string, (host: string, port: number) => string> = {
  EADDRINUSE: (host, port) =>
    `Port ${port} on ${host} is taken by another program. Stop that, or set PORT to a free one.`,
  EACCES: (_host, port) => `Port ${port} may not be used by this user. Set PORT to one above 1023.`,
  EADDRNOTAVAIL: (host) => `This machine has no address ${host}. Set HOST to one that it has.`,
  ENOTFOUND: (host) => `HOST is ${host}, which is no known address. Set it to 127.0.0.1 or such.`,
};

/**
 * Begins to listen.
 * @param at port 0 for any free one
 * @returns the port
 * @throws ListenError
 */
export async function listen(server: Server, at: { host: string; port: number }): Promise<number> {
  server.listen(at);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const reason = reasons[code]?.(at.host, at.port) ?? message;
    throw new ListenError(reason, { cause: error });
  }
  return (server.address() as AddressInfo).port;
}
