import type { CallKey } from '@crmflow/contracts';

/**
 * The key by which a service knows a call again: `runId:nodeId:visit`, the same on every attempt.
 * What a header cannot carry is percent-encoded, and so is the percent sign, so that two ids never
 * share a key.
 */
export function idempotencyKey({ runId, nodeId, visit }: Omit<CallKey, 'label'>): string {
  return `${runId}:${nodeId}:${visit}`.replace(/[^\x20-\x7e]+|%/gu, (part) =>
    encodeURIComponent(part.toWellFormed()),
  );
}
