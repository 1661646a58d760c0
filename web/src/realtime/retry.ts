import type { ErrorCode } from '@crmflow/contracts';
import { backoffMs } from '@crmflow/contracts/backoff';

const transient: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'temporal_unavailable',
  'database_unavailable',
  'internal',
  'rate_limited',
]);

/** Whether an error is likely to be over in a while, so that asking again makes sense. */
export const isTransient = (code: ErrorCode): boolean => transient.has(code);

/** How long to wait before asking again. @param failures from 1 @returns milliseconds */
export const pauseMs = (failures: number): number =>
  backoffMs(failures, { firstMs: 500, maxMs: 8_000 }, Math.random());
