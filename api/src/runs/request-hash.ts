import type { StartRun } from '@crmflow/contracts';
import { canonicalHash } from './canonical-hash.js';

/** What was asked for under a requestId: another hash is another request. */
export function requestHash(
  workflowId: string,
  { version, input, mode, pausePoints = [] }: Omit<StartRun, 'requestId'>,
): string {
  const asked = [workflowId, version ?? null, input ?? {}, mode ?? 'auto'];
  return canonicalHash(pausePoints.length > 0 ? [...asked, pausePoints] : asked);
}
