import type { StartRun } from '@crmflow/contracts';
import { canonicalHash } from './canonical-hash.js';

/** What was asked for under a requestId: another hash is another request. */
export function requestHash(
  workflowId: string,
  { version, input, mode }: Omit<StartRun, 'requestId'>,
): string {
  return canonicalHash([workflowId, version ?? null, input ?? {}, mode ?? 'auto']);
}
