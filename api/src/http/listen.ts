import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Why a server could not begin to listen, in words for whoever starts it. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

const reasons: Record<string, (host: string, port: number) => string> = {
  EADDRINUSE: (host, port) =>
    `Port ${port} on ${host} is in use by another program. Stop that program, or set PORT to a free port.`,
  EACCES: (_host, port) =>
    `This user is not allowed to listen on port ${port}. Set PORT to a port above 1023.`,
  EADDRNOTAVAIL: (host) => `This machine has no address ${host}. Set HOST to one of its addresses.`,
  ENOTFOUND: (host) =>
    `HOST is ${host}, which cannot be resolved. Set it to an address such as 127.0.0.1.`,
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
