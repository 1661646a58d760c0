import type { CallKey } from '@crmflow/contracts';
import type { Turn, Visit } from '../turn.js';

/** The key of this execution of the node: side effects carry it so that a retry is no repeat. */
export function callKey(turn: Turn, { node, visit }: Visit): CallKey {
  return { runId: turn.program.runId, nodeId: node.id, visit, label: node.label };
}
