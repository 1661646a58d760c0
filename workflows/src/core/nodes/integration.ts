import {
  type CallHttpInput,
  type CallHttpResult,
  parseDuration,
  storable,
} from '@crmflow/contracts';
import { renderHeader, renderText, renderUrl, renderValue } from '@crmflow/expressions';
import { scopeOf } from '../scope.js';
import type { CallSuspension } from '../state.js';
import { callKey } from './call-key.js';
import { valueOf } from './generate.js';
import type { Behaviour, VisitOf } from './outcome.js';
import type { Turn } from '../turn.js';

function request(turn: Turn, visit: VisitOf<'integration'>): CallHttpInput {
  const { data } = visit.node;
  const scope = scopeOf(turn);
  const mapValues = (texts: { [name: string]: string }, render: typeof renderText) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, render(text, scope)]));
  return storable({
    ...callKey(turn, visit),
    method: data.method,
    url: renderUrl(data.url, scope),
    headers: mapValues(data.headers, renderHeader),
    query: mapValues(data.query, renderText),
    ...(data.body !== undefined && { body: renderValue(data.body, scope) }),
    ...(data.timeout && { timeoutMs: parseDuration(data.timeout) ?? 0 }),
    wantBody: Boolean(data.saveAs),
  });
}

/** Makes one HTTP request; its parsed body may become a variable. */
export const integration: Behaviour<'integration', CallSuspension> = {
  enter(turn, visit) {
    const { nodeId, visit: number } = callKey(turn, visit);
    const call = { activity: 'callHttp', input: request(turn, visit) } as const;
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
