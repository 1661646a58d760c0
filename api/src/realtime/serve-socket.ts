import { randomUUID } from 'node:crypto';
import {
  type Ack,
  clientEventSchemas,
  type ConversationPerson,
  type FlowPerson,
} from '@crmflow/contracts';
import { traced } from '@crmflow/temporal-config';
import { ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { Authorize } from '../access/authorize.js';
import type { Authenticate, Principal } from '../access/principal.js';
import { AppError } from '../errors/app-error.js';
import { asAppError } from '../errors/as-app-error.js';
import { toSocketError } from '../errors/problem.js';
import type { RateLimit } from '../rate-limits/create-rate-limit.js';
import { type ClientEventName, type ClientPayload, type Commands, parseEvent } from './commands.js';
import type { Pool } from 'pg';
import type { Presence } from './presence.js';
import { createKeyedQueue } from './keyed-queue.js';
import { createOpenConversations } from './open-conversations.js';
import { createOpenFlows } from './open-flows.js';
import type { Relay } from './relay.js';
import { createAuthorizeRun } from './socket-access.js';
import { type RealtimeSocket, requireSession } from './sockets.js';
import { createSubscriptions } from './subscriptions.js';

/** What serving a socket needs. */
export type ServeDeps = {
  authenticate: Authenticate;
  authorize: Authorize;
  commands: Commands;
  /** By user. */
  limit: RateLimit;
  logger: Pick<Logger, 'error'>;
  relay: Relay;
  pool: Pool;
  presence: Presence<FlowPerson>;
  readers: Presence<ConversationPerson>;
};

type Acknowledge = (answer: Ack<object>) => void;

/** Requests of one socket that may be under way. */
const maxQueued = 500;
/** Events in a row that are refused as too many: whoever goes on then is not listening. */
const maxRefused = 100;
/** Events that there are not: a client of another version sends a few, and no more. */
const maxUnknown = 10;

/** A session that is used lives on: it is looked at again this often, in milliseconds. */
const recheckMs = 3_600_000;

const names = Object.keys(clientEventSchemas) as ClientEventName[];

/** The acknowledgement function; a client that sent none is told nothing. */
function acknowledgementIn(args: readonly unknown[]): Acknowledge {
  const last = args.at(-1);
  return typeof last === 'function' ? (last as Acknowledge) : () => {};
}

/**
 * What changes one run is done in order of arrival; beginnings wait for nobody, as a look at a
 * run that no worker answers for takes its time.
 */
function queueKeyOf(name: ClientEventName, payload: ClientPayload<ClientEventName>): string {
  if (name === 'session:start') return randomUUID();
  if ('runId' in payload) return payload.runId;
  if ('workflowId' in payload) return payload.workflowId;
  return 'conversationId' in payload ? payload.conversationId : payload.workspaceId;
}

async function currentPrincipal(socket: RealtimeSocket, authenticate: Authenticate) {
  const { data } = socket;
  // Where the socket is gone, its session may have been ended.
  if (!socket.connected || Date.now() - data.checkedAt > recheckMs) {
    data.principal = await requireSession(authenticate, data.credentials);
    data.checkedAt = Date.now();
  }
  return data.principal;
}

/** Serves what a client sends until it goes. Nothing that it sends can do harm to others. */
export function serveSocket(socket: RealtimeSocket, deps: ServeDeps): void {
  const { commands, limit, logger, relay } = deps;
  const subscriptions = createSubscriptions(socket, relay);
  const authorizeRun = createAuthorizeRun(socket, deps.authorize);
  const flows = createOpenFlows(socket, deps);
  const conversations = createOpenConversations(socket, deps);
  const queue = createKeyedQueue();
  let refused = 0;
  let unknown = 0;

  const execute = async <K extends ClientEventName>(
    name: K,
    payload: ClientPayload<K>,
    acknowledge: Acknowledge,
  ) => {
    const principal: Principal = await currentPrincipal(socket, deps.authenticate);
    const opened = { subscriptions, flows, conversations };
    await commands[name](payload, { principal, authorizeRun, ...opened, acknowledge });
  };

  const receive = async (name: ClientEventName, args: readonly unknown[], ack: Acknowledge) => {
    await limit.consume(socket.data.principal.userId);
    if (queue.waiting() >= maxQueued) {
      throw new AppError(
        'rate_limited',
        'Too many events are waiting for an acknowledgement. Wait for some before you send more.',
      );
    }
    const payload = parseEvent(name, typeof args[0] === 'function' ? undefined : args[0]);
    refused = 0;
    await traced(`socket ${name}`, { kind: SpanKind.SERVER, parent: ROOT_CONTEXT }, () =>
      queue.run(queueKeyOf(name, payload), () => execute(name, payload, ack)),
    );
  };

  const refuse = (event: string, error: unknown, acknowledge: Acknowledge) => {
    const { code } = asAppError(error);
    if (code === 'internal') logger.error({ err: error, event }, 'A socket event failed');
    acknowledge({ ok: false, error: toSocketError(error) });
    if (code === 'rate_limited') refused += 1;
    const isFlood = refused >= maxRefused || unknown >= maxUnknown;
    const isSignedOut = code === 'unauthenticated' || code === 'foreign_origin';
    if (isFlood || isSignedOut) socket.disconnect(true);
  };

  for (const name of names) {
    socket.on(name, (...args: unknown[]) => {
      const acknowledge = acknowledgementIn(args);
      receive(name, args, acknowledge).catch((error: unknown) => refuse(name, error, acknowledge));
    });
  }
  socket.onAny((event: string, ...args: unknown[]) => {
    if ((names as string[]).includes(event)) return;
    unknown += 1;
    const detail = `Unknown event "${String(event).slice(0, 100)}". Use one of ${names.join(', ')}.`;
    refuse(event, new AppError('bad_request', detail), acknowledgementIn(args));
  });
  socket.on('error', (error) => logger.error({ err: error }, 'A socket failed'));
  socket.on('disconnect', () => {
    subscriptions.close();
    flows.closeAll();
    conversations.closeAll();
  });
}
