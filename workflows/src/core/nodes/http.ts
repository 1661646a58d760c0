import type { CallHttpResult } from '@crmflow/contracts';
import { scopeOf } from '../scope.js';
import type { CallSuspension } from '../state.js';
import { callKey, suspendForCall, valueOf } from './call.js';
import type { Behaviour } from './behaviour.js';
import { renderRequest } from './render-request.js';

/** Makes one HTTP request; its parsed body may become a variable. */
export const http: Behaviour<'http', CallSuspension> = {
  enter(turn, visit) {
    const input = renderRequest(callKey(turn, visit), visit.node.data, scopeOf(turn, visit));
    return suspendForCall(visit, { activity: 'callHttp', input });
  },
  resume(turn, visit, _suspension, input) {
    const { body } = valueOf(input) as CallHttpResult;
    if (visit.node.data.saveAs) turn.assign(visit.node.data.saveAs, body, visit);
    return { leave: 'out' };
  },
};
