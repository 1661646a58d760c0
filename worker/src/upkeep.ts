import { beat, heartbeatIntervalMs, retire, rotateSecrets, type SecretCipher } from '@crmflow/db';
import type { Pool } from 'pg';
import type { Logger } from 'pino';

/**
 * Records that this worker polls, as long as it does, so that others can tell whether one is there.
 * @returns stops it
 */
export function startHeartbeat(
  { pool, logger }: { pool: Pool; logger: Logger },
  worker: { id: string; taskQueue: string; isPolling: () => boolean },
): () => Promise<void> {
  const record = () => {
    if (!worker.isPolling()) return;
    beat(pool, worker).catch((error: unknown) => {
      logger.warn({ err: error }, 'The worker could not record that it polls');
    });
  };
  const timer = setInterval(record, heartbeatIntervalMs);
  record();
  return async () => {
    clearInterval(timer);
    await retire(pool, worker.id).catch((error: unknown) => {
      logger.warn({ err: error }, 'The worker could not record that it stops');
    });
  };
}

/**
 * Encrypts by the current ENCRYPTION_KEY what previous ones did. Where the database is away it is
 * done by the next start, or one by one as keys are used.
 */
export async function rotateKeys(pool: Pool, cipher: SecretCipher, logger: Logger): Promise<void> {
  try {
    const { resealed, lost } = await rotateSecrets(pool, cipher);
    if (resealed > 0)
      logger.info({ resealed }, 'Stored keys were re-encrypted with the new ENCRYPTION_KEY');
    for (const { workspaceId, service } of lost) {
      const message =
        'A stored key cannot be decrypted: add its previous ENCRYPTION_KEY to ENCRYPTION_KEY_PREVIOUS, or ask its owner to store it again';
      logger.warn({ workspaceId, service }, message);
    }
  } catch (error) {
    logger.warn({ err: error }, 'Stored keys could not be checked');
  }
}
