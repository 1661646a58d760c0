import type { StartRun } from '@crmflow/contracts';
import { canonicalHash } from './canonical-hash.js';

/** What was asked for under a requestId: another hash is another request. */
export function requestHash(
  workflowId: string,
  { version, revision, input, mode, pausePoints = [] }: Omit<StartRun, 'requestId'>,
): string {
  const asked = [workflowId, version ?? null, input ?? {}, mode ?? 'auto'];
  // Hashes of requests without the fields that came later stay as they are stored.
  if (revision !== undefined) return canonicalHash([...asked, pausePoints, revision]);
  return canonicalHash(pausePoints.length > 0 ? [...asked, pausePoints] : asked);
}
