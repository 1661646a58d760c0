import { type DataOf, jsonBytes, limits, type RunResponse, storable } from '@crmflow/contracts';
import { asText, renderHeader, renderValue, type Scope } from '@crmflow/expressions';
import { NodeFault } from '../node-fault.js';
import { scopeOf } from '../scope.js';
import type { Behaviour } from './behaviour.js';

/** @throws NodeFault `status_invalid` */
function statusOf({ status }: DataOf<'respond'>, scope: Scope): number {
  if (typeof status === 'number') return status;
  const text = asText(renderValue(status, scope)).trim();
  if (/^[2-5]\d\d$/.test(text)) return Number(text);
  throw new NodeFault(
    'status_invalid',
    'The status is not a whole number from 200 to 599. Correct its expression.',
  );
}

/** Answers whoever started the run; the API waits for it, and the run goes on. */
export const respond: Behaviour<'respond'> = {
  enter(turn, visit) {
    const { data } = visit.node;
    const scope = scopeOf(turn, visit);
    const headers = Object.entries(data.headers).map(
      ([name, value]) => [name, renderHeader(value, scope)] as const,
    );
    const response: RunResponse = storable({
      status: statusOf(data, scope),
      headers: Object.fromEntries(headers),
      body: data.body === undefined ? null : renderValue(data.body, scope),
    });
    const bytes = jsonBytes(response);
    if (bytes > limits.valueBytes) {
      throw new NodeFault(
        'value_too_large',
        `The answer has ${bytes} bytes; the limit is ${limits.valueBytes}. Send less.`,
      );
    }
    return { leave: 'out', response };
  },
};
