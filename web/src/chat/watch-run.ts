import type {
  Ack,
  RunSnapshot,
  SocketError,
  AiChunk,
  NodeRetrying,
  NodeSlow,
  RunEventType,
} from '@crmflow/contracts';
import { eventTypeOf } from '@crmflow/contracts/event-names';
import { batch, effect, type ReadonlySignal, signal } from '@preact/signals';
import { isTransient, pauseMs } from '../realtime/retry.js';
import { answerMs, ask, type AppSocket } from '../realtime/socket.js';
import type { Storage } from '../storage.js';
import { texts } from '../texts.js';
import { newId } from '../new-id.js';
import { createOutbox, type Delivery, type Outbox } from './outbox.js';
import { initialState, reduce, type RunAction, type FollowedRun } from './reduce.js';
import type { LogEvent } from './progress.js';

/** The payload of any server event, before it is known which. */
type Payload = {
  runId: string;
  at: string;
  seq?: number;
  nodeId?: string;
  visit?: number;
  [field: string]: unknown;
};

function asLogEvent(type: RunEventType, payload: Payload): LogEvent {
  const { runId: _runId, seq, at, nodeId, visit, ...data } = payload;
  return {
    seq,
    at,
    type,
    ...(nodeId !== undefined && { nodeId }),
    ...(visit !== undefined && { visit }),
    data,
  } as LogEvent;
}

/**
 * What a socket event means to the run that it speaks of.
 * @returns undefined for events that this page does not know
 */
function readEvent(name: string, payload: Payload): RunAction | undefined {
  if (name === 'run:rewound') return { kind: 'rewound', toSeq: Number(payload['toSeq']) };
  if (name === 'ai:chunk') return { kind: 'chunk', chunk: payload as Payload & AiChunk };
  if (name === 'node:retrying') {
    return { kind: 'retrying', retrying: payload as Payload & NodeRetrying };
  }
  if (name === 'node:slow') return { kind: 'slow', slow: payload as Payload & NodeSlow };
  const type = eventTypeOf(name);
  if (type === undefined || payload.seq === undefined) return undefined;
  return { kind: 'event', event: asLogEvent(type, payload) };
}

/** A run that this page watches. */
export type WatchedRun = {
  runId: string;
  /** Undefined until the server has answered for the first time. */
  state: ReadonlySignal<FollowedRun | undefined>;
  /** Why the run cannot be shown. */
  failure: ReadonlySignal<SocketError | undefined>;
  outbox: Outbox;
  /** Lets a paused run go on to its next pause point. @returns why it was not done, or undefined */
  goOn(): Promise<string | undefined>;
  /** Asks the run to end. @returns why it was not done, or undefined */
  cancel(): Promise<string | undefined>;
  close(): void;
};

/**
 * Follows a run over the socket: joins by a snapshot, and after each loss of the connection from
 * the last event that it knows.
 */
export function watchRun(socket: AppSocket, runId: string, storage: Storage): WatchedRun {
  const state = signal<FollowedRun | undefined>(undefined);
  const failure = signal<SocketError | undefined>(undefined);
  /** What came before the snapshot did: tokens are sent once. */
  let buffered: RunAction[] = [];
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  const outbox = createOutbox({
    key: `outbox.${runId}`,
    storage,
    isConnected: () => socket.connected,
    send: (messageId, message) => deliver(socket, { runId, message, messageId }),
    newId,
    now: () => new Date(),
  });

  function joined(snapshot: RunSnapshot): void {
    failures = 0;
    batch(() => {
      failure.value = undefined;
      const known = state.peek();
      // A run that is known already goes on by its events; they are on their way.
      if (!known || known.isOutdated) state.value = buffered.reduce(reduce, initialState(snapshot));
      buffered = [];
    });
  }

  function answered(error: Error | null, answer: Ack<{ snapshot: RunSnapshot }>): void {
    if (isClosed) return;
    if (error === null && answer.ok) {
      joined(answer.snapshot);
    } else if (error === null && !answer.ok && !isTransient(answer.error.code)) {
      failure.value = answer.error;
    } else if (socket.connected) {
      timer = setTimeout(join, pauseMs(++failures));
    }
  }

  function join(): void {
    clearTimeout(timer);
    const known = state.peek();
    const afterSeq = known && !known.isOutdated ? { afterSeq: known.progress.lastSeq } : {};
    // A callback and not a promise: events of the same packet must find the snapshot in place.
    socket.timeout(answerMs).emit('session:start', { runId, ...afterSeq }, answered);
  }

  function receive(name: string, payload: Payload): void {
    if (payload?.runId !== runId) return;
    const action = readEvent(name, payload);
    if (!action) return;
    const known = state.peek();
    if (!known) {
      buffered.push(action);
      return;
    }
    state.value = reduce(known, action);
    if (state.peek()?.isOutdated) join();
  }

  function onConnect(): void {
    join();
    outbox.flush();
  }

  socket.onAny(receive);
  socket.on('connect', onConnect);
  const stopRemoving = effect(() => {
    const messages = state.value?.progress.messages ?? [];
    outbox.remove(new Set(messages.flatMap(({ role, id }) => (role === 'user' ? [id] : []))));
  });
  if (socket.connected) onConnect();

  return {
    runId,
    state,
    failure,
    outbox,
    async goOn() {
      const at = state.peek()?.progress.active;
      // From the pause that is shown: a second click must not pass the next one.
      const place = at?.state === 'paused' ? { nodeId: at.nodeId, visit: at.visit } : {};
      return errorMessage(await ask(socket, 'workflow:continue', { runId, ...place }));
    },
    cancel: async () => errorMessage(await ask(socket, 'session:end', { runId })),
    close() {
      isClosed = true;
      clearTimeout(timer);
      stopRemoving();
      outbox.close();
      socket.offAny(receive);
      socket.off('connect', onConnect);
    },
  };
}

function errorMessage(answer: Ack<object> | undefined): string | undefined {
  if (!answer) return texts.failures.unreachable;
  return answer.ok ? undefined : answer.error.message;
}

async function deliver(
  socket: AppSocket,
  payload: { runId: string; message: string; messageId: string },
): Promise<Delivery> {
  const answer = await ask(socket, 'user:message', payload);
  if (!answer) return undefined;
  return answer.ok ? { ok: true } : { ok: false, ...answer.error };
}
