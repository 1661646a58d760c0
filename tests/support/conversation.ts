import { randomUUID } from 'node:crypto';
import { type Ack, type RunSnapshot, type StartRun, socketEventOf } from '@crmflow/contracts';
import type { Client, RunSocket } from './client.js';
import { until } from './until.js';

/** An event as it came over the socket. */
export type Told = { event: string; payload: Record<string, unknown> & { seq?: number } };

const numbered = new Set<string>(Object.values(socketEventOf));

/** One run, followed by a client that never gives up: it attaches again, and sends again. */
export type Conversation = {
  runId: string;
  socket: RunSocket;
  /** The numbered events so far, what was rewound left out. */
  told: Told[];
  /** What came without a number. */
  live: Told[];
  /** Faults of the relay: gaps, repeats, foreign runs. */
  faults: string[];
  say(message: string, messageId?: string): Promise<{ accepted: boolean; duplicate: boolean }>;
  /** Waits for a told event. */
  see(
    event: string,
    matching?: (payload: Told['payload']) => boolean,
    timeoutMs?: number,
  ): Promise<Told>;
  finished(timeoutMs?: number): Promise<Told['payload']>;
};

type Start = StartRun & { workflowId: string };

/** Asks until an acknowledgement comes; what is asked for must be safe to send twice. */
async function insist<T>(
  ask: () => Promise<Ack<T>>,
  mayRetry: (code: string) => boolean,
): Promise<T> {
  return until(
    'an acknowledgement',
    async () => {
      const answer = await ask().catch(() => undefined);
      if (!answer) return undefined;
      if (answer.ok) return answer;
      if (mayRetry(answer.error.code)) return undefined;
      throw new Error(`${answer.error.code}: ${answer.error.message}`);
    },
    { timeoutMs: 120_000, everyMs: 200 },
  );
}

const passing = (code: string) =>
  ['temporal_unavailable', 'database_unavailable', 'internal'].includes(code);

function follow(socket: RunSocket, conversation: Conversation): void {
  socket.onAny((event: string, payload: Told['payload']) => {
    if (payload['runId'] !== conversation.runId) return;
    const told = { event, payload };
    if (Number.isNaN(Date.parse(String(payload['at'])))) {
      conversation.faults.push(`${event} came without the time it happened at`);
    }
    if (event === 'run:rewound') {
      const toSeq = payload['toSeq'] as number;
      conversation.told.splice(toSeq);
      conversation.live.push(told);
    } else if (payload.seq === undefined || !numbered.has(event)) {
      conversation.live.push(told);
    } else {
      const expected = conversation.told.length + 1;
      if (payload.seq !== expected) {
        conversation.faults.push(`${event} came as ${payload.seq} where ${expected} was due`);
      } else {
        conversation.told.push(told);
      }
    }
  });
}

/** Starts a run and follows it from its first event. */
export async function converse(
  client: Client,
  start: Start,
  onStarted: (snapshot: RunSnapshot) => void = () => undefined,
): Promise<Conversation> {
  const socket = client.socket();
  const request = { requestId: randomUUID(), ...start };
  const conversation: Conversation = {
    runId: '',
    socket,
    told: [],
    live: [],
    faults: [],
    say: (message, messageId = randomUUID()) =>
      insist(
        () =>
          socket
            .timeout(5000)
            .emitWithAck('user:message', { runId: conversation.runId, message, messageId }),
        passing,
      ),
    see: (event, matching = () => true, timeoutMs = 60_000) =>
      until(
        `${event} of ${conversation.runId}, after ${JSON.stringify(conversation.told.at(-1))}`,
        () => conversation.told.find((told) => told.event === event && matching(told.payload)),
        { timeoutMs },
      ),
    finished: async (timeoutMs) =>
      (await conversation.see('workflow:finished', undefined, timeoutMs)).payload,
  };
  // Events may arrive in the same packet as the acknowledgement, so listening comes first.
  const early: Told[] = [];
  const keepEarly = (event: string, payload: Told['payload']) => {
    early.push({ event, payload });
  };
  socket.onAny(keepEarly);
  const { runId, snapshot } = await insist(
    () => socket.timeout(5000).emitWithAck('session:start', request),
    passing,
  );
  conversation.runId = runId;
  socket.offAny(keepEarly);
  follow(socket, conversation);
  for (const { event, payload } of early) {
    for (const listener of socket.listenersAny()) listener(event, payload);
  }
  onStarted(snapshot);
  let connections = 0;
  socket.on('connect', () => {
    const mine = ++connections;
    void insist<object>(
      // One beginning at a time: those of lost connections are given up.
      async () =>
        mine !== connections
          ? { ok: true }
          : socket
              .timeout(5000)
              .emitWithAck('session:start', { runId, afterSeq: conversation.told.length }),
      passing,
    );
  });
  return conversation;
}
