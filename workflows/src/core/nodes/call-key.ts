import type { CallKey } from '@crmflow/contracts';
import type { Turn, Visit } from '../turn.js';

/**
 * The key of this execution of the node: side effects carry it so that a retry is no repeat.
 * @param call which call of the visit it is, from 1
 */
export function callKey(turn: Turn, { node, visit }: Visit, call = 1): CallKey {
  const key = { runId: turn.program.runId, nodeId: node.id, visit, label: node.label };
  return call === 1 ? key : { ...key, call };
}
