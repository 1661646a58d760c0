import { once } from 'node:events';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { listen } from './listen.js';

/** A proxy in front of a server that can be cut off from its clients. */
export type TcpProxy = {
  port: number;
  /** Breaks all connections and refuses new ones. */
  cut(): Promise<void>;
  /** Lets nothing through any more, and breaks nothing: as a server that stands still. */
  hold(): void;
  /** Lets connections through again. */
  restore(): Promise<void>;
};

/** Passes connections on to a port of this machine. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let server: Server;
  let isHeld = false;

  const pass = (client: Socket) => {
    const upstream = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
      if (!isHeld) from.pipe(to);
    }
  };

  const listenOn = async (port: number) => {
    server = createServer(pass);
    return listen(server, port);
  };

  const port = await listenOn(0);
  return {
    port,
    async cut() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
    hold() {
      isHeld = true;
      for (const socket of open) socket.unpipe().pause();
    },
    restore: async () => void (await listenOn(port)),
  };
}
