import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { until } from './until.js';

/**
 * Has a server listen on loopback. A given port may be in use for a moment: the test before, which
 * had it, has just ended.
 * @returns its port
 */
export async function listen(server: Server, port = 0): Promise<number> {
  await until(`port ${port} to be free`, async () => {
    server.listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      return false;
    }
  });
  return (server.address() as AddressInfo).port;
}
