import type { ErrorCode } from '@crmflow/contracts';

const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'temporal_unavailable',
  'database_unavailable',
  'internal',
  'rate_limited',
]);

/** Whether an error is likely to be over in a while, so that asking again makes sense. */
export const isPassing = (code: ErrorCode): boolean => passing.has(code);

/** How long to wait before asking again. @param attempt from 0 @returns milliseconds */
export const pauseMs = (attempt: number): number => Math.min(500 * 2 ** attempt, 8_000);
