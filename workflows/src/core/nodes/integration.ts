import type { CallHttpResult } from '@crmflow/contracts';
import { scopeOf } from '../scope.js';
import type { CallSuspension } from '../state.js';
import { callKey } from './call-key.js';
import { valueOf } from './generate.js';
import type { Behaviour } from './outcome.js';
import { renderRequest } from './render-request.js';

/** Makes one HTTP request; its parsed body may become a variable. */
export const integration: Behaviour<'integration', CallSuspension> = {
  enter(turn, visit) {
    const key = callKey(turn, visit);
    const input = renderRequest(key, visit.node.data, scopeOf(turn));
    const { nodeId, visit: number } = key;
    const call = { activity: 'callHttp', input } as const;
    return {
      suspend: { kind: 'call', nodeId, visit: number, enteredAt: visit.enteredAt, call },
    };
  },
  resume(turn, visit, _suspension, input) {
    const { body } = valueOf(input) as CallHttpResult;
    if (visit.node.data.saveAs) turn.assign(visit.node.data.saveAs, body, visit);
    return { leave: 'out' };
  },
};
