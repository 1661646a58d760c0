import { EgressError, shownUrl } from './egress-error.js';
import { harmlessHeaders, type Headers, withoutBodyHeaders } from './headers.js';

/** One request of a chain of redirects; `url` is not judged yet. */
export type Hop = { method: string; url: string; headers: Headers; body?: string | Uint8Array };

const redirects = new Set([301, 302, 303, 307, 308]);

function becomesGet(status: number, method: string): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD';
  return (status === 301 || status === 302) && method === 'POST';
}

/**
 * A location as browsers read it: its bytes are UTF-8 where they can be, else each stands for itself.
 * @param header as Node gives it, a character a byte
 */
function readLocation(header: string): string {
  if (!/[\x80-\xff]/.test(header) || /[\u0100-\uffff]/.test(header)) return header;
  const bytes = Buffer.from(header, 'latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return header.replace(
      /[\x80-\xff]/g,
      (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  }
}

/**
 * What to ask next, by the fetch standard's rules for methods and bodies. To another origin go only
 * headers that are known to be harmless.
 * @param from the URL that `hop` was sent to
 * @returns null where the response is no redirect
 * @throws EgressError `http_failed` where the location cannot be read
 */
export function nextHop(
  hop: Hop,
  from: URL,
  status: number,
  location: string | undefined,
): Hop | null {
  if (!redirects.has(status) || location === undefined) return null;
  const read = readLocation(location);
  if (!URL.canParse(read, from.href)) {
    throw new EgressError('http_failed', `${shownUrl(from)} redirects to an invalid URL.`);
  }
  const url = new URL(read, from);
  const headers = url.origin === from.origin ? hop.headers : harmlessHeaders(hop.headers);
  if (becomesGet(status, hop.method)) {
    return { method: 'GET', url: url.href, headers: withoutBodyHeaders(headers) };
  }
  return { ...hop, url: url.href, headers };
}
