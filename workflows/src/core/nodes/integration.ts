import {
  type CallAuth,
  type CallHttpInput,
  type CallHttpResult,
  type NodeOf,
  jsonBytes,
  limits,
  parseDuration,
  storable,
} from '@crmflow/contracts';
import { renderHeader, renderText, renderUrl, renderValue } from '@crmflow/expressions';
import { NodeFault } from '../node-fault.js';
import { scopeOf } from '../scope.js';
import type { CallSuspension } from '../state.js';
import { callKey } from './call-key.js';
import { valueOf } from './generate.js';
import type { Behaviour, VisitOf } from './outcome.js';
import type { Turn } from '../turn.js';

type Data = NodeOf<'integration'>['data'];
type Texts = { [name: string]: string };

/** Each text has a limit of its own; many of them could still be more than a call may carry. */
function bounded(what: string, texts: Texts): Texts {
  const bytes = jsonBytes(texts);
  if (bytes <= limits.valueBytes) return texts;
  throw new NodeFault(
    'value_too_large',
    `The ${what} have ${bytes} bytes together; they may have ${limits.valueBytes}. Send less, or send it as the body.`,
  );
}

function authOf({ secret, in: place, name }: NonNullable<Data['auth']>): CallAuth {
  return { secret, in: place, ...(name !== undefined && { name }) };
}

function request(turn: Turn, visit: VisitOf<'integration'>): CallHttpInput {
  const { data } = visit.node;
  const scope = scopeOf(turn);
  const mapValues = (what: string, texts: Texts, render: typeof renderText) =>
    bounded(
      what,
      Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, render(text, scope)])),
    );
  return storable({
    ...callKey(turn, visit),
    method: data.method,
    url: renderUrl(data.url, scope),
    headers: mapValues('headers', data.headers, renderHeader),
    query: mapValues('query parameters', data.query, renderText),
    ...(data.body !== undefined && { body: renderValue(data.body, scope) }),
    ...(data.auth && { auth: authOf(data.auth) }),
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
