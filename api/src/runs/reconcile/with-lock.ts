import type { Pool } from 'pg';

/** Any number that no other lock of this database has. */
const reconcilerLock = 4_721_003_018;

/**
 * Does the work unless another process is at it.
 * @param pool of nothing but locks: its connection is held while the work waits for Temporal
 * @returns whether it was done here
 */
export async function withReconcilerLock(pool: Pool, work: () => Promise<void>): Promise<boolean> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS taken',
      [reconcilerLock],
    );
    if (!rows[0]?.taken) return false;
    try {
      await work();
      return true;
    } finally {
      // A connection that cannot give the lock back must not be used again: closing it does.
      await client
        .query('SELECT pg_advisory_unlock($1)', [reconcilerLock])
        .catch((error: Error) => (broken = error));
    }
  } finally {
    client.release(broken);
  }
}
