import { setTimeout as sleep } from 'node:timers/promises';
import { deliverEventsId, deliverEventsType, eventsDueSignal } from '@crmflow/contracts';
import { claimDueEndpoints } from '@crmflow/db';
import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import type { Logger } from 'pino';

/** How often endpoints are looked for to which something is due. */
const everyMs = 500;
/** After so many failures in a row somebody is told, once. */
const toldAfter = 10;

/**
 * Wakes the workflows that deliver events, for as long as `signal` does not abort. The database knows what is
 * due; of several workers one wakes each. Never rejects.
 */
export async function wakeEndpoints(
  {
    pool,
    client,
    taskQueue,
    logger,
  }: { pool: Pool; client: Client; taskQueue: string; logger: Logger },
  signal: AbortSignal,
): Promise<void> {
  const wake = (endpointId: string) =>
    client.workflow.signalWithStart(deliverEventsType, {
      ...{ taskQueue, workflowId: deliverEventsId(endpointId), args: [endpointId] },
      signal: eventsDueSignal,
    });
  let failed = 0;
  while (!signal.aborted) {
    try {
      const due = await claimDueEndpoints(pool);
      await client.withAbortSignal(signal, () => Promise.all(due.map(wake)));
      failed = 0;
    } catch (error) {
      failed += 1;
      if (failed === toldAfter && !signal.aborted) {
        logger.warn({ err: error }, 'Events cannot be delivered to endpoints; trying again');
      }
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
