import type {
  Ack,
  ClientEvents,
  FlowInput,
  RunEvent,
  RunSnapshot,
  RunStatus,
  ServerEvents,
} from '@crmflow/contracts';
import { createPool, publishLive, recordRun } from '@crmflow/db';
import { migratedDatabase } from '@crmflow/db/testing';
import { io, type Socket } from 'socket.io-client';
import { inject, vi } from 'vitest';
import { readConfig } from '../config/read-config.js';
import { createLogger } from '../logging/create-logger.js';
import { serve } from '../serve.js';
import { ask, newUser } from './ask.js';
import { greeting } from './flows.js';
import { openTcpProxy } from './tcp-proxy.js';

/** A client's socket, with all that it was told in order, acknowledgements included. */
export type TestSocket = {
  socket: Socket<ServerEvents, ClientEvents>;
  /** `[event, payload]`; the name of an acknowledgement is `ack`. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into events of any shape
  received: [event: string, payload: any][];
  /** The numbers of the numbered events, and `<n` for a rewind to n. */
  log(): (number | string)[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
  send(event: string, payload: unknown): Promise<any>;
};

/** Events of a run as its worker would tell them. */
export type NewEvent = { type: RunEvent['type']; nodeId?: string; visit?: number; data?: object };

const summarize = ([event, payload]: TestSocket['received'][number]): (string | number)[] => {
  const { seq, toSeq } = payload as { seq?: number; toSeq?: number };
  if (event === 'run:rewound') return [`<${toSeq}`];
  return seq === undefined ? [] : [seq];
};

/**
 * An API on a real database and a real Temporal without a worker: the test tells what runs do.
 * Both lines can be cut.
 * @param environment variables of the API besides those of every harness
 */
export async function openRunHarness(environment: Record<string, string> = {}) {
  const database = await migratedDatabase();
  const url = new URL(database.url);
  const toDatabase = await openTcpProxy({ host: url.hostname, port: Number(url.port) });
  const [host = '', port] = inject('temporalAddress').split(':');
  const toTemporal = await openTcpProxy({ host, port: Number(port) });
  const pool = createPool(database.url);
  url.host = toDatabase.address;
  const config = readConfig({
    DATABASE_URL: url.href,
    TEMPORAL_ADDRESS: toTemporal.address,
    CRMFLOW_EMBEDDER: 'off',
    ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
    TEMPORAL_TASK_QUEUE: `harness-${crypto.randomUUID()}`,
    CRMFLOW_RATE_LIMITS: 'off',
    PORT: '0',
    ...environment,
  });
  const service = await serve(config, createLogger('silent'), '/nowhere');
  const api = { url: `http://127.0.0.1:${service.port}` };
  const sockets: Socket[] = [];

  const connect = async (token: string, options: object = {}): Promise<TestSocket> => {
    const socket: TestSocket['socket'] = io(api.url, {
      auth: { token },
      transports: ['websocket'],
      forceNew: true,
      ...options,
    });
    sockets.push(socket);
    const received: TestSocket['received'] = [];
    socket.onAny((event: string, payload) => received.push([event, payload]));
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return {
      socket,
      received,
      log: () => received.flatMap(summarize),
      async send(event, payload) {
        const answer: Ack<object> = await (socket as Socket).emitWithAck(event, payload);
        received.push(['ack', answer]);
        return answer;
      },
    };
  };

  return {
    api,
    config,
    pool,
    toDatabase,
    toTemporal,
    connect,
    newUser: () => newUser(api),
    async saveFlow(token: string, flow: object = greeting): Promise<string> {
      return (await ask(api, 'POST /api/workflows', { token, json: flow })).body.id;
    },
    async startRun(token: string, flow?: Omit<FlowInput, 'schemaVersion'>): Promise<string> {
      const id = await this.saveFlow(token, flow);
      const json = { version: 'draft' };
      return (await ask(api, `POST /api/workflows/${id}/runs`, { token, json })).body.runId;
    },
    /** Tells events from `seq` on, as the worker does by one flush. */
    async record(
      runId: string,
      firstSeq: number,
      events: NewEvent[],
      state: Partial<RunSnapshot> & { status?: RunStatus } = {},
    ): Promise<void> {
      const numbered = events.map(
        (event, index) =>
          ({ seq: firstSeq + index, at: Date.now(), data: {}, ...event }) as RunEvent,
      );
      const lastSeq = firstSeq + events.length - 1;
      const { status = 'running', currentNodes = [], variables = {} } = state;
      const ends = numbered.some(({ type }) => type === 'run.finished');
      const view = { ...state, status, currentNodes, variables, lastSeq };
      await recordRun(pool, {
        runId,
        events: numbered,
        view,
        ...(ends && { finishedAt: Date.now() }),
      });
    },
    /** Sends a piece of an answer, as the model's call does. */
    async chunk(runId: string, text: string, call = { nodeId: 'a', visit: 1 }): Promise<void> {
      const data = { ...call, attempt: 1, offset: 0, text };
      await publishLive(pool, runId, { event: 'ai:chunk', data });
    },
    async close() {
      for (const socket of sockets) socket.close();
      toTemporal.restore();
      toDatabase.restore();
      await service.stop();
      await Promise.all([pool.end(), toDatabase.close(), toTemporal.close()]);
      await database.drop();
    },
  };
}

/** A running harness. */
export type RunHarness = Awaited<ReturnType<typeof openRunHarness>>;

/** Waits until a socket has received this log. */
export const waitForEvents = (one: TestSocket, log: (number | string)[]) =>
  vi.waitFor(
    () => {
      if (JSON.stringify(one.log()) !== JSON.stringify(log)) {
        throw new Error(`The log is ${JSON.stringify(one.log())}`);
      }
    },
    { timeout: 15_000 },
  );
