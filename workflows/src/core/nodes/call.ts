import { NodeFault } from '../node-fault.js';
import type { Call, Input, Talk } from '../state.js';
import type { Visit } from '../turn.js';
import type { Outcome } from './outcome.js';

/**
 * Suspends a node until a call has ended.
 * @param talk how far the node is, where it makes several
 */
export function suspendForCall(
  { node, visit, enteredAt }: Visit,
  call: Call,
  talk?: Talk,
): Outcome {
  const at = { nodeId: node.id, visit, enteredAt };
  return { suspend: { kind: 'call', ...at, call, ...(talk && { talk }) } };
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
