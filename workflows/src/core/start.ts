import type { Resumed, RunError } from '@crmflow/contracts';
import { faultOf } from './node-fault.js';
import type { Turn } from './turn.js';

/** Emits that the run starts at a node, for the first time or again. */
export function emitStarted(turn: Turn, activeNode: string, resumed?: Resumed): void {
  const { workflowId, version, nodes, locale } = turn.program;
  const said = locale && { locale: locale.tag, timezone: locale.timezone };
  const started = { workflowId, version, activeNode, totalNodes: nodes.size, ...said };
  turn.emit('run.started', { ...started, ...(resumed && { resumed }) });
}

/**
 * Sets the variables that the run's version declares and the run does not have yet, and emits
 * them: the log alone must be enough to rebuild the run's variables.
 * @returns the error where they exceed the size limit; null otherwise
 */
export function seedNewVariables(turn: Turn): RunError | null {
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
