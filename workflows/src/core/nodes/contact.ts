import { jsonBytes, limits, storable, type UpdateContactResult } from '@crmflow/contracts';
import { renderValue } from '@crmflow/expressions';
import { NodeFault } from '../node-fault.js';
import { scopeOf } from '../scope.js';
import type { CallSuspension } from '../state.js';
import type { Behaviour } from './behaviour.js';
import { callKey, suspendForCall, valueOf } from './call.js';

/** Writes fields of the contact; from then on, expressions see it as it was after that. */
export const contact: Behaviour<'contact', CallSuspension> = {
  enter(turn, visit) {
    const scope = scopeOf(turn, visit);
    const set = storable(
      visit.node.data.set.map(({ name, value }) => ({ name, value: renderValue(value, scope) })),
    );
    const bytes = jsonBytes(set);
    if (bytes > limits.valueBytes) {
      throw new NodeFault(
        'value_too_large',
        `The fields of the contact have ${bytes} bytes; the limit is ${limits.valueBytes}. Keep only what you need.`,
      );
    }
    const input = { ...callKey(turn, visit), set, known: scope.contact };
    return suspendForCall(visit, { activity: 'updateContact', input });
  },
  resume(turn, _visit, _suspension, input) {
    turn.state.contact = (valueOf(input) as UpdateContactResult).contact;
    return { leave: 'out' };
  },
};
