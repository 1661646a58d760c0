import type { AiChunk, NodeRetrying, RunEventType } from '@crmflow/contracts';
import { eventTypeOf } from '@crmflow/contracts/event-names';
import type { LogEvent } from './log-event.js';
import type { RunAction } from './reduce.js';

/** The payload of any server event, before it is known which. */
export type Payload = {
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
export function readEvent(name: string, payload: Payload): RunAction | undefined {
  if (name === 'run:rewound') return { kind: 'rewound', toSeq: Number(payload['toSeq']) };
  if (name === 'ai:chunk') return { kind: 'chunk', chunk: payload as Payload & AiChunk };
  if (name === 'node:retrying') {
    return { kind: 'retrying', retrying: payload as Payload & NodeRetrying };
  }
  const type = eventTypeOf(name);
  if (type === undefined || payload.seq === undefined) return undefined;
  return { kind: 'event', event: asLogEvent(type, payload) };
}
