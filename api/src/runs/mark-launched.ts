import type { Pool } from 'pg';

/**
 * Notes that Temporal has the run, so that nobody has to see to it any more.
 * @param generation the run's when it was launched
 */
export async function markLaunched(
  pool: Pick<Pool, 'query'>,
  runId: string,
  generation = 0,
): Promise<void> {
  await pool.query(
    `UPDATE "Run" SET "launchedAt" = now()
      WHERE id = $1 AND generation = $2 AND "launchedAt" IS NULL`,
    [runId, generation],
  );
}
