import type { FlowNode, Waiting } from '@crmflow/contracts';
import type { Turn, Visit } from '../turn.js';
import type { Expected } from './behaviour.js';

/** What a run waits for at a node, and until when (epoch milliseconds). */
export function waitingAt(
  { label }: FlowNode,
  expected: Expected,
  deadline: number | undefined,
): Omit<Waiting, 'nodeId'> {
  const until = deadline !== undefined && { deadline: new Date(deadline).toISOString() };
  return { label, ...expected, ...until };
}

/** Emits what a node waits for, and until when (epoch milliseconds). */
export function emitWaiting(
  turn: Turn,
  visit: Visit,
  expected: Expected,
  deadline: number | undefined,
): void {
  turn.emit('waiting', waitingAt(visit.node, expected, deadline), visit);
}
