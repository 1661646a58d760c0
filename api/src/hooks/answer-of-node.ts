import { isAnswerHeader, type RunResponse } from '@crmflow/contracts';
import type { RouteAnswer } from '../http/route.js';

/** An answer is opened by no browser as a page of ours: it runs nothing and is in no frame. */
export const untouchable = { 'Content-Security-Policy': "sandbox; default-src 'none'" };

/** What no header can carry, line breaks first of all. */
const unsendable = /[^\t\x20-\x7e\x80-\xff]/;

/** Statuses whose answers have no body. */
const bare: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * What a respond node says as an HTTP answer: a text as text, anything else as JSON. Of its headers those
 * that such nodes may set.
 */
export function answerOfNode({ status, headers, body }: RunResponse): RouteAnswer {
  const own = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name, value]) => isAnswerHeader(name) && !unsendable.test(value));
  const isText = typeof body === 'string';
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  const isEmpty = body === null || bare.has(status);
  return {
    status,
    ...(!isEmpty && { text: isText ? body : JSON.stringify(body) }),
    headers: {
      ...(!isEmpty && { 'content-type': type }),
      ...Object.fromEntries(own),
      ...untouchable,
    },
  };
}
