/** Bounds of a back-off, in milliseconds. */
export type Backoff = { firstMs: number; maxMs: number };

/**
 * How long to wait before the next attempt: `firstMs` after the first failure, twice as long after
 * each further one, never more than `maxMs`. Up to half of it is left out by chance, so that
 * clients whose server restarted do not all come back at the same moment.
 * @param failures in a row, from 1
 * @param random from 0 to 1, as `Math.random()` gives it: this package has no chance of its own
 * @returns milliseconds
 */
export function backoffMs(failures: number, { firstMs, maxMs }: Backoff, random: number): number {
  const fullMs = Math.min(firstMs * 2 ** (failures - 1), maxMs);
  return fullMs * (1 - random / 2);
}
