import { z } from 'zod';

/** Where a run is: the first three go on, the others are final. */
export const runStatusSchema = z.enum([
  'running',
  'waiting',
  'paused',
  'completed',
  'failed',
  'cancelled',
  'timed_out',
]);

/** Where a run is. */
export type RunStatus = z.output<typeof runStatusSchema>;

const final: readonly RunStatus[] = ['completed', 'failed', 'cancelled', 'timed_out'];

/** Whether a run with this status has ended for good. */
export function isFinal(status: RunStatus): boolean {
  return final.includes(status);
}
