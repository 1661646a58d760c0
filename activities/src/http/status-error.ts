import { STATUS_CODES } from 'node:http';
import { CallError } from '../call/call-error.js';
import { shownUrl } from '../egress/egress-error.js';
import type { EgressResponse } from '../egress/egress.js';
import { decodeText } from '../text/decode.js';

const excerptLength = 200;
const retryable = new Set([408, 425, 429]);

function excerptOf(text: string): string {
  // eslint-disable-next-line no-control-regex -- an error is one line of plain text
  const line = text.replace(/[\u0000-\u001f\u007f\s]+/g, ' ').trim();
  return line.length > excerptLength ? `${line.slice(0, excerptLength).toWellFormed()}…` : line;
}

/**
 * Milliseconds that a Retry-After header asks to wait.
 * @param header seconds or an HTTP date
 * @param now epoch milliseconds
 * @returns undefined where the header is missing or cannot be read
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
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
