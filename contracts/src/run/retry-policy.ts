/** How calls to the outside are tried again, in milliseconds; the same for the workflow and the call. */
export const callRetryPolicy = {
  initialIntervalMs: 500,
  backoff: 2,
  maxIntervalMs: 30_000,
  maximumAttempts: 5,
} as const;

/**
 * The pause before the next attempt.
 * @param attempt the attempt that failed, from 1
 * @returns milliseconds, or null where there is no next attempt
 */
export function retryDelayMs(attempt: number): number | null {
  const { initialIntervalMs, backoff, maxIntervalMs, maximumAttempts } = callRetryPolicy;
  if (attempt >= maximumAttempts) return null;
  return Math.min(initialIntervalMs * backoff ** (attempt - 1), maxIntervalMs);
}
