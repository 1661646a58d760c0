import { z } from 'zod';
import type { SocketError } from './errors.js';
import type { RunEventData, RunEventType } from './run/event.js';
import { sendMessageSchema, startRunSchema } from './run/request.js';
import type { RunSnapshot } from './run/snapshot.js';

const runId = z.string().min(1).max(200);

/** What clients may send over the socket, by event. */
export const clientEventSchemas = {
  'session:start': z.union([
    z.strictObject({ runId, afterSeq: z.int().min(0).optional() }),
    startRunSchema.extend({ workflowId: z.string().min(1).max(200) }),
  ]),
  'user:message': sendMessageSchema.extend({ runId }),
  'session:end': z.strictObject({ runId }),
} as const;

/** An acknowledgement: what was asked for, or a clear error. */
export type Ack<T> = ({ ok: true } & T) | { ok: false; error: SocketError };

type Client<K extends keyof typeof clientEventSchemas, T> = (
  payload: z.input<(typeof clientEventSchemas)[K]>,
  ack: (answer: Ack<T>) => void,
) => void;

/** Client → server. Each event takes an acknowledgement. */
export interface ClientEvents {
  'session:start': Client<'session:start', { runId: string; snapshot: RunSnapshot }>;
  'user:message': Client<'user:message', { accepted: boolean; duplicate: boolean }>;
  'session:end': Client<'session:end', object>;
}

type Stamp = { runId: string; at: string };
type Numbered<T extends RunEventType> = Stamp & {
  seq: number;
  nodeId?: string;
  visit?: number;
} & RunEventData[T];

/** The socket event by which each numbered event of the log is told. */
export const socketEventOf = {
  'run.started': 'session:started',
  'node.activated': 'workflow:node_activated',
  'node.completed': 'node:execution_complete',
  'node.failed': 'error:api',
  'ai.started': 'ai:processing_start',
  'ai.completed': 'ai:processing_end',
  message: 'run:message',
  'variable.set': 'run:variable_set',
  waiting: 'system:waiting_for_input',
  paused: 'run:paused',
  'run.finished': 'workflow:finished',
} as const satisfies Record<RunEventType, string>;

/** Tokens as they stream; `offset` in UTF-16 units into the text of this attempt. */
export type AiChunk = {
  nodeId: string;
  visit: number;
  attempt: number;
  offset: number;
  text: string;
};

/** A call failed and will be tried again. `nextRetryAt` is ISO 8601. */
export type NodeRetrying = {
  nodeId: string;
  visit: number;
  attempt: number;
  error: { code: string; message: string };
  nextRetryAt: string;
};

/** Live only: best effort, without a number. */
export type LiveEvents = { 'ai:chunk': AiChunk; 'node:retrying': NodeRetrying };

/** Server → client. */
export type ServerEvents = {
  [T in RunEventType as (typeof socketEventOf)[T]]: (payload: Numbered<T>) => void;
} & {
  [T in keyof LiveEvents]: (payload: Stamp & LiveEvents[T]) => void;
} & {
  /** What came after `toSeq` was lost with a crashed server and is told anew; drop it. */
  'run:rewound': (payload: Stamp & { toSeq: number }) => void;
};
