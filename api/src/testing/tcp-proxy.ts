import { connect, createServer, type Socket } from 'node:net';
import { listen } from '../../../tests/support/listen.js';

/** A line to a server that a test can cut. */
export type TcpProxy = {
  /** `host:port` of this end. */
  address: string;
  /** Breaks every connection and refuses new ones. */
  cut(): void;
  restore(): void;
  close(): Promise<void>;
};

/** Opens a line to a server. */
export async function openTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  };
  const server = createServer((socket) => {
    keep(socket);
    if (isCut) {
      socket.resetAndDestroy();
      return;
    }
    const upstream = connect(target);
    keep(upstream);
    socket.pipe(upstream).pipe(socket);
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
  });
  const port = await listen(server);
  const breakAll = () => sockets.forEach((socket) => socket.resetAndDestroy());
  return {
    address: `127.0.0.1:${port}`,
    cut() {
      isCut = true;
      breakAll();
    },
    restore: () => void (isCut = false),
    async close() {
      breakAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
