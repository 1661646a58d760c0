import type { FlowNode, Waiting } from '@crmflow/contracts';
import type { Turn, Visit } from '../turn.js';

/** What a node that waits for a reply expects, and until when (epoch milliseconds). */
export function expectedBy(node: FlowNode, deadline?: number): Omit<Waiting, 'nodeId'> | undefined {
  const until = deadline === undefined ? {} : { deadline: new Date(deadline).toISOString() };
  const { label } = node;
  if (node.type === 'listen') {
    const { expect, choices } = node.data;
    return { label, expect, ...(expect === 'choice' && choices && { choices }), ...until };
  }
  if (node.type === 'ai' && node.data.converse) return { label, expect: 'any', ...until };
  return undefined;
}

/** Emits what a node waits for, and until when (epoch milliseconds). */
export function emitWaiting(turn: Turn, visit: Visit, deadline: number | undefined): void {
  const expected = expectedBy(visit.node, deadline);
  if (expected) turn.emit('waiting', expected, visit);
}
