import type { Server as HttpServer } from 'node:http';
import { type BusMessage, readLogSlice, readLogTips, subscribe } from '@crmflow/db';
import { Server } from 'socket.io';
import type { Deps, RunDeps } from '../deps.js';
import { createUserLimit } from '../rate-limits/user-limits.js';
import { createCommands } from './commands.js';
import { createRooms } from './rooms.js';
import { createRelay } from './relay.js';
import { guardConnections, handshakeMs } from './door.js';
import { disconnectMembers, sweepMembers } from './socket-access.js';
import { serveSocket } from './serve-socket.js';
import { tellSnoozes } from './snoozes.js';
import {
  disconnectSessions,
  handshake,
  mostPerUser,
  type RealtimeServer,
  sessionRoom,
  sweepSessions,
} from './sockets.js';
import { createTally } from '../tally.js';

/** The socket side of the API. */
export type Realtime = {
  /** Settles once notifications arrive. */
  ready: Promise<void>;
  /** Lets go of all sockets and of the HTTP server. Runs go on. */
  close(): Promise<void>;
};

/**
 * Far larger than any valid event: what is beyond it ends the connection without a word, and what is
 * below is answered with the error that it has.
 */
const maxPacketBytes = 8_000_000;
/** How long a socket may outlive a session that expired: nobody is told of that. */
const sweepMs = 3_000;

/** What the socket side is built from. */
export type RealtimeDeps = RunDeps &
  Pick<
    Deps,
    | 'starts'
    | 'budgets'
    | 'config'
    | 'logger'
    | 'sessions'
    | 'authenticate'
    | 'authorize'
    | 'metrics'
    | 'commandLimit'
    | 'visitors'
    | 'runWatch'
    | 'firings'
  >;

/** Puts Socket.IO on an HTTP server: sign-in, the client's events, and the story of each run. */
export function attachRealtime(server: HttpServer, deps: RealtimeDeps): Realtime {
  const {
    config,
    pool,
    sessions,
    authenticate,
    authorize,
    metrics,
    starts,
    visitors,
    runWatch,
    firings,
  } = deps;
  const logger = deps.logger.child({ part: 'realtime' });
  const io: RealtimeServer = new Server(server, {
    serveClient: false,
    maxHttpBufferSize: maxPacketBytes,
    connectTimeout: handshakeMs,
    ...(config.origins.length > 0 && { cors: { origin: config.origins, credentials: true } }),
  });
  const relay = createRelay({
    readLog: (runId, read) => readLogSlice(pool, runId, read),
    readTips: (runIds) => readLogTips(pool, runIds),
    logger,
    onSent: (ms) => metrics.feedLag.observe(ms / 1000),
  });
  const rooms = createRooms(io, { pool, visitors, logger });
  metrics.gauge('crmflow_sockets', 'Open sockets', () => io.engine.clientsCount);
  metrics.gauge('crmflow_watched_runs', 'Runs followed by sockets', () => relay.watched());
  const commands = createCommands(deps, createUserLimit(deps, 'start-run'));
  const limit = deps.commandLimit;

  guardConnections(io, config);
  io.use(handshake(authenticate, createTally(config.rateLimits ? mostPerUser : Infinity)));
  io.on('connection', (socket) => {
    void socket.join(sessionRoom(socket.data.principal.sessionId));
    socket.onAnyOutgoing((event: string) => metrics.events.inc({ event }));
    serveSocket(socket, {
      authenticate,
      authorize,
      commands,
      limit,
      logger,
      relay,
      pool,
      presence: rooms.flows,
      readers: rooms.conversations,
    });
  });

  const sweep = () =>
    Promise.all([sweepSessions(io, sessions), sweepMembers(io, pool)]).catch((error: unknown) =>
      logger.warn({ err: error }, 'The sessions of open sockets could not be checked; retrying'),
    );
  const onMessage = (message: BusMessage) => {
    if (message.kind === 'log') {
      starts.heard(message.runId);
      relay.notify(message);
      runWatch.heard(message.runId);
      firings.heard(message.runId, message.rows);
    } else if (message.kind === 'live') {
      relay.live(message);
      visitors.live(message);
    } else if (message.kind === 'firing') firings.wake(message.deploymentId);
    else if (message.kind === 'role-changed') disconnectMembers(io, message);
    else if (message.kind === 'session-ended') disconnectSessions(io, message.sessionIds);
    else rooms.hear(message);
  };
  const bus = subscribe(config.databaseDirectUrl, {
    onMessage,
    onReconnect() {
      relay.catchUp();
      visitors.wakeAll();
      runWatch.heardAll();
      rooms.repeat();
      void sweep();
    },
    onError: (error) => logger.warn({ err: error }, 'The message bus is unavailable; retrying'),
  });
  const timer = setInterval(() => void sweep(), sweepMs);
  const stopSnoozes = tellSnoozes(io, { pool, rooms, logger });

  return {
    ready: bus.ready,
    async close() {
      clearInterval(timer);
      stopSnoozes();
      relay.close();
      rooms.close();
      await Promise.all([bus.close(), io.close()]);
    },
  };
}
