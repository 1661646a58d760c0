import {
  type FlowCallResult,
  isJsonObject,
  jsonBytes,
  type JsonObject,
  limits,
  storable,
} from '@crmflow/contracts';
import { renderValue } from '@crmflow/expressions';
import { NodeFault } from '../node-fault.js';
import { scopeOf } from '../scope.js';
import type { CallSuspension } from '../state.js';
import type { Turn } from '../turn.js';
import type { Behaviour, VisitOf } from './behaviour.js';
import { callKey, suspendForCall, valueOf } from './call.js';

/** @throws NodeFault `flow_input_invalid`, `value_too_large`; FlowFault */
function inputOf(turn: Turn, visit: VisitOf<'flow'>): JsonObject {
  const input = storable(renderValue(visit.node.data.input, scopeOf(turn, visit)));
  if (!isJsonObject(input)) {
    throw new NodeFault(
      'flow_input_invalid',
      'The input of the flow is not an object. Correct its expression.',
    );
  }
  const bytes = jsonBytes(input);
  if (bytes > limits.inputBytes) {
    throw new NodeFault(
      'value_too_large',
      `The input of the flow has ${bytes} bytes; the limit is ${limits.inputBytes}. Send less.`,
    );
  }
  return input;
}

/** Runs another flow; what comes of it may become a variable. */
export const flow: Behaviour<'flow', CallSuspension> = {
  enter(turn, visit) {
    const { workflowId, version, wait } = visit.node.data;
    const input = {
      ...callKey(turn, visit),
      workflowId,
      version,
      input: inputOf(turn, visit),
      wait,
    };
    return suspendForCall(visit, { activity: 'beginFlow', input });
  },
  resume(turn, visit, _suspension, input) {
    const { output } = valueOf(input) as FlowCallResult;
    if (visit.node.data.saveAs) turn.assign(visit.node.data.saveAs, output, visit);
    return { leave: 'out' };
  },
};
