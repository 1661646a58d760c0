import { backoffMs } from '../backoff.js';

/**
 * How long a failing call is retried where its node does not say, in milliseconds: a restart or a
 * deployment of the other side fits into it, and a customer still waits that long.
 */
export const defaultRetryForMs = 120_000;

/**
 * What a call has spent on attempts that failed. Attempts that the worker lost, because it died or
 * froze, are not among them: they cost a call nothing.
 */
export type RetrySpent = { failures: number; ms: number };

/** A failed attempt, in milliseconds. `retryAfterMs`: the pause that the other side asked for. */
export type FailedTry = { tookMs: number; retryAfterMs?: number | undefined };

const firstPauseMs = 500;
const shortestMaxPauseMs = 30_000;
const longestMaxPauseMs = 300_000;

/** A call that is retried for hours asks less often than one that a customer waits for. */
const maxPauseMs = (retryForMs: number) =>
  Math.min(Math.max(retryForMs / 20, shortestMaxPauseMs), longestMaxPauseMs);

/**
 * Decides what follows a failed attempt that may be retried: the last retry starts when the time is
 * up, and what the other side asked to wait is waited.
 * @param spent before this attempt
 * @param random from 0 to 1, as `Math.random()` gives it
 * @returns the pause before the next attempt and what is spent by then; null where the time is up,
 *   or would be before the other side wants to be asked again
 */
export function nextRetry(
  spent: RetrySpent,
  { tookMs, retryAfterMs = 0 }: FailedTry,
  retryForMs: number,
  random: number,
): { delayMs: number; spent: RetrySpent } | null {
  const failures = spent.failures + 1;
  const leftMs = retryForMs - spent.ms - tookMs;
  if (leftMs <= 0 || retryAfterMs > leftMs) return null;
  const pause = { firstMs: firstPauseMs, maxMs: maxPauseMs(retryForMs) };
  const delayMs = Math.round(
    Math.min(Math.max(backoffMs(failures, pause, random), retryAfterMs), leftMs),
  );
  return { delayMs, spent: { failures, ms: spent.ms + tookMs + delayMs } };
}
