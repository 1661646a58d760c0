import type { GenerateInput, GenerateResult } from '@crmflow/contracts';
import { NodeFault } from '../node-fault.js';
import type { Input } from '../state.js';
import type { Turn, Visit } from '../turn.js';
import { callKey } from './call-key.js';
import type { Outcome } from './outcome.js';

type Request = Omit<GenerateInput, 'runId' | 'nodeId' | 'visit' | 'label' | 'upToSeq'>;

/** Tells that the model is asked, and asks it about everything said up to here. */
export function suspendForGenerate(turn: Turn, visit: Visit, request: Request): Outcome {
  turn.emit('ai.started', {}, visit);
  const input = { ...callKey(turn, visit), ...request, upToSeq: turn.state.seq };
  return {
    suspend: {
      kind: 'call',
      nodeId: visit.node.id,
      visit: visit.visit,
      enteredAt: visit.enteredAt,
      call: { activity: 'generate', input },
    },
  };
}

/**
 * The value of a call that went well.
 * @throws NodeFault with the call's code where it did not
 */
export function valueOf(input: Input): unknown {
  if (input.kind !== 'outcome') throw new Error(`a call was given a ${input.kind}`);
  if (!input.outcome.ok) {
    throw new NodeFault(input.outcome.error.code, input.outcome.error.message);
  }
  return input.outcome.value;
}

/** Tells what the model answered and returns it. */
export function finishGenerate(turn: Turn, visit: Visit, input: Input): GenerateResult {
  const result = valueOf(input) as GenerateResult;
  const { text, usage, sources } = result;
  turn.emit('ai.completed', { text, usage, ...(sources && { sources }) }, visit);
  return result;
}
