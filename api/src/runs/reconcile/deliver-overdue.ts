import { undeliveredCallbacks } from '@crmflow/db';
import { deliverCallback } from '../callbacks.js';
import type { ReconcileDeps } from './reconcile-deps.js';

/** Whoever brought it has given up by then. */
const overdueMs = 10_000;
const atOnce = 100;

/**
 * Gives runs what calls have brought them, where the process that took it has died.
 * @throws the client's error where Temporal does not answer
 */
export async function deliverOverdue(deps: ReconcileDeps): Promise<void> {
  for (const { runId, answer } of await undeliveredCallbacks(deps.pool, overdueMs, atOnce)) {
    const isDelivered = await deliverCallback(deps, runId, answer);
    if (!isDelivered) continue;
    deps.count('delivered');
    deps.logger.info(
      { runId, nodeId: answer.nodeId },
      'Delivered a callback that a process left behind',
    );
  }
}
