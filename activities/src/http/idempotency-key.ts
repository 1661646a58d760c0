import type { CallKey } from '@crmflow/contracts';

/**
 * The key by which a service knows a call again: `runId:nodeId:visit`, the same on every attempt,
 * and with `#call` where it is a later call of the same visit.
 * What a header cannot carry is percent-encoded, and so is the percent sign, so that two ids never
 * share a key.
 */
export function idempotencyKey({ runId, nodeId, visit, call }: Omit<CallKey, 'label'>): string {
  const later = call === undefined ? '' : `#${call}`;
  return `${runId}:${nodeId}:${visit}${later}`.replace(/[^\x20-\x7e]+|%/gu, (part) =>
    encodeURIComponent(part.toWellFormed()),
  );
}
