import { beat, heartbeatIntervalMs, retire } from '@crmflow/db';
import type { Pool } from 'pg';
import type { Logger } from 'pino';

/**
 * Says that this worker polls, as long as it does, so that others can tell whether one is there.
 * @returns ends it
 */
export function startHeartbeat(
  { pool, logger }: { pool: Pool; logger: Logger },
  worker: { id: string; taskQueue: string; isPolling: () => boolean },
): () => Promise<void> {
  const say = () => {
    if (!worker.isPolling()) return;
    beat(pool, worker).catch((error: unknown) => {
      logger.warn({ err: error }, 'The worker could not note that it lives');
    });
  };
  const timer = setInterval(say, heartbeatIntervalMs);
  say();
  return async () => {
    clearInterval(timer);
    await retire(pool, worker.id).catch((error: unknown) => {
      logger.warn({ err: error }, 'The worker could not note that it stops');
    });
  };
}
