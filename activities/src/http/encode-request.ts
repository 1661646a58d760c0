import { type CallHttpInput, type CallKey, limits } from '@crmflow/contracts';
import { EgressError } from '../egress/egress-error.js';
import type { EgressRequest } from '../egress/egress.js';
import type { Headers } from '../egress/headers.js';
import { encodeBody } from './encode-body.js';

const defaultTimeoutMs = 30_000;

/**
 * The key by which a service knows a call again: `runId:nodeId:visit`, the same on every attempt,
 * and with `#call` where it is a later call of the same visit.
 * What a header cannot carry is percent-encoded, and so is the percent sign, so that two ids never
 * share a key.
 */
function idempotencyKey({ runId, nodeId, visit, call }: Omit<CallKey, 'label'>): string {
  const later = call === undefined ? '' : `#${call}`;
  return `${runId}:${nodeId}:${visit}${later}`.replace(/[^\x20-\x7e]+|%/gu, (part) =>
    encodeURIComponent(part.toWellFormed()),
  );
}

function withQuery(url: string, query: CallHttpInput['query']): string {
  const more = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    ),
  ).toString();
  if (more === '' || !URL.canParse(url)) return url;
  const whole = new URL(url);
  // Set as text: `searchParams` would write the author's own query again, in other escapes.
  whole.search = whole.search.length > 1 ? `${whole.search}&${more}` : more;
  return whole.href;
}

function lowerCase(headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

/**
 * The HTTP request of a rendered integration node. Its body is encoded by the type that it declares,
 * and a list in its query repeats the name.
 * @throws EgressError `header_invalid` where the author sets the idempotency key
 */
export function encodeRequest(input: CallHttpInput): EgressRequest {
  const headers = lowerCase(input.headers);
  if ('idempotency-key' in headers) {
    throw new EgressError(
      'header_invalid',
      'The header Idempotency-Key is set by CRMFlow, with the same value on every attempt. Remove it.',
    );
  }
  const encoded =
    input.body === undefined ? undefined : encodeBody(input.body, headers['content-type']);
  return {
    method: input.method,
    url: withQuery(input.url, input.query),
    headers: {
      'user-agent': 'CRMFlow',
      accept: 'application/json, */*;q=0.8',
      ...headers,
      ...(encoded && { 'content-type': encoded.type }),
      'idempotency-key': idempotencyKey(input),
    },
    ...(encoded && { body: encoded.body }),
    timeoutMs: input.timeoutMs ?? defaultTimeoutMs,
    maxBytes: limits.httpResponseBytes,
    isBodyWanted: input.wantBody,
  };
}
