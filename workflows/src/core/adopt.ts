import type { Resumed, RunError } from '@crmflow/contracts';
import { faultOf } from './node-fault.js';
import type { Turn } from './turn.js';

/** Tells that the run starts at a node, for the first time or anew. */
export function tellStart(turn: Turn, activeNode: string, resumed?: Resumed): void {
  const { workflowId, version, nodes } = turn.program;
  const started = { workflowId, version, activeNode, totalNodes: nodes.size };
  turn.emit('run.started', { ...started, ...(resumed && { resumed }) });
}

/**
 * Gives a run the variables that its version has and the one before had not, and tells them: the
 * log alone has to say what the run knows.
 * @returns why they find no room; null where all went well
 */
export function adopt(turn: Turn): RunError | null {
  try {
    for (const { name, default: value } of turn.program.variables) {
      if (value === undefined || Object.hasOwn(turn.state.variables, name)) continue;
      turn.assign(name, value);
    }
    return null;
  } catch (error) {
    const fault = faultOf(error);
    if (!fault) throw error;
    return fault;
  }
}
