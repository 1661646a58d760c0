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
