import { STATUS_CODES } from 'node:http';
import { CallError } from '../call/call-error.js';
import { shownUrl } from '../egress/egress-error.js';
import type { EgressResponse } from '../egress/egress.js';
import { decodeText } from './decode-body.js';
import { parseRetryAfter } from './retry-after.js';

const excerptLength = 200;
const retryable = new Set([408, 425, 429]);

function excerptOf(text: string): string {
  // eslint-disable-next-line no-control-regex -- an error is one line of plain text
  const line = text.replace(/[\u0000-\u001f\u007f\s]+/g, ' ').trim();
  return line.length > excerptLength ? `${line.slice(0, excerptLength).toWellFormed()}…` : line;
}

/**
 * The error for a response whose status says that the request failed, with the start of its body.
 * @param clean takes out of the body what an error must not show, before it is cut
 */
export function statusError(
  method: string,
  response: EgressResponse,
  now: number,
  clean: (text: string) => string,
): CallError {
  const { status } = response;
  const reason = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  const text = decodeText(response.headers['content-type'] ?? '', response.body);
  const excerpt = excerptOf(clean(text));
  const retryAfterMs = parseRetryAfter(response.headers['retry-after'], now);
  return new CallError(
    'http_status',
    `${method} ${shownUrl(new URL(response.url))} answered ${reason}${excerpt === '' ? '.' : `: ${excerpt}`}`,
    {
      retryable: retryable.has(status) || status >= 500,
      status,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    },
  );
}
