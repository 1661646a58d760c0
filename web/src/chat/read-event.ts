import type { AiChunk, NodeRetrying, RunEventType, socketEventOf } from '@crmflow/contracts';
import type { LogEvent } from './log-event.js';
import type { RunAction } from './reduce.js';

/** `socketEventOf` the other way round; the compiler checks that it is. */
const typeOf: { [T in RunEventType as (typeof socketEventOf)[T]]: T } = {
  'session:started': 'run.started',
  'workflow:node_activated': 'node.activated',
  'node:execution_complete': 'node.completed',
  'error:api': 'node.failed',
  'ai:processing_start': 'ai.started',
  'ai:processing_end': 'ai.completed',
  'run:message': 'message',
  'run:variable_set': 'variable.set',
  'system:waiting_for_input': 'waiting',
  'run:paused': 'paused',
  'workflow:finished': 'run.finished',
};

/** The payload of any server event, before it is known which. */
export type Payload = {
  runId: string;
  at: string;
  seq?: number;
  nodeId?: string;
  visit?: number;
  [field: string]: unknown;
};

const isNumbered = (name: string): name is keyof typeof typeOf => Object.hasOwn(typeOf, name);

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
export function readEvent(name: string, payload: Payload): RunAction | undefined {
  if (name === 'run:rewound') return { kind: 'rewound', toSeq: Number(payload['toSeq']) };
  if (name === 'ai:chunk') return { kind: 'chunk', chunk: payload as Payload & AiChunk };
  if (name === 'node:retrying') {
    return { kind: 'retrying', retrying: payload as Payload & NodeRetrying };
  }
  if (!isNumbered(name) || payload.seq === undefined) return undefined;
  return { kind: 'event', event: asLogEvent(typeOf[name], payload) };
}
