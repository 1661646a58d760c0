import type { Deps } from '../deps.js';
import { removeAccount } from './delete-account.js';

const pauseMs = 30_000;

/**
 * Finishes deletions that a crash or an outage broke off, at once and then now and again.
 * @returns what ends that
 */
export function keepRemovingAccounts({
  pool,
  temporal,
  logger,
}: Pick<Deps, 'pool' | 'temporal' | 'logger'>): () => void {
  const finish = async () => {
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM "User" WHERE "deletingSince" IS NOT NULL',
    );
    for (const { id } of rows) await removeAccount({ pool, temporal }, id);
  };
  const tryToFinish = () =>
    finish().catch((error: unknown) => {
      logger.warn({ err: error }, 'Deleted accounts could not be removed yet; retrying');
    });
  void tryToFinish();
  const timer = setInterval(() => void tryToFinish(), pauseMs);
  return () => clearInterval(timer);
}
