import {
  type CallAuth,
  type CallHttpInput,
  type CallKey,
  type DataOf,
  jsonBytes,
  limits,
  storable,
} from '@crmflow/contracts';
import { asText, renderHeader, renderUrl, renderValue, type Scope } from '@crmflow/expressions';
import { NodeFault } from '../node-fault.js';
import { patienceOf } from './call.js';

type Texts = { [name: string]: string | string[] };

/** Each text has a limit of its own; many of them could still be more than a call may carry. */
function bounded<T extends Texts>(what: string, texts: T): T {
  const bytes = jsonBytes(texts);
  if (bytes <= limits.valueBytes) return texts;
  throw new NodeFault(
    'value_too_large',
    `The ${what} have ${bytes} bytes; the limit is ${limits.valueBytes}. Send less, or use the body.`,
  );
}

function authOf({ secret, in: place, name }: NonNullable<DataOf<'http'>['auth']>): CallAuth {
  return { secret, in: place, ...(name !== undefined && { name }) };
}

/** A parameter of a query: a list has one text for each of its items. */
function renderParameter(template: string, scope: Scope): string | string[] {
  const value = renderValue(template, scope);
  return Array.isArray(value) ? value.map(asText) : asText(value);
}

/**
 * The request of an integration node, its expressions worked out.
 * @throws NodeFault, FlowFault
 */
export function renderRequest(key: CallKey, data: DataOf<'http'>, scope: Scope): CallHttpInput {
  const mapValues = <T extends string | string[]>(
    what: string,
    texts: { [name: string]: string },
    render: (text: string, scope: Scope) => T,
  ) =>
    bounded(
      what,
      Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, render(text, scope)])),
    );
  return storable({
    ...key,
    method: data.method,
    url: renderUrl(data.url, scope),
    headers: mapValues('headers', data.headers, renderHeader),
    query: mapValues('query parameters', data.query, renderParameter),
    ...(data.body !== undefined && { body: renderValue(data.body, scope) }),
    ...(data.auth && { auth: authOf(data.auth) }),
    ...patienceOf(data),
    wantBody: Boolean(data.saveAs),
  });
}
