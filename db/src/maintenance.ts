import type pg from 'pg';

const runsAtOnce = 20;

/**
 * Removes the runs of a flow from the database, few at a time: the logs of all of them in one
 * statement could take longer than a statement may.
 */
export async function removeRunsOfFlow(pool: pg.Pool, workflowId: string): Promise<void> {
  const batch = `DELETE FROM "Run" WHERE id IN
    (SELECT id FROM "Run" WHERE "workflowId" = $1 LIMIT ${runsAtOnce})`;
  while ((await pool.query(batch, [workflowId])).rowCount) continue;
}

/** @returns how many sessions had expired */
export async function removeExpiredSessions(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query('DELETE FROM "Session" WHERE "expiresAt" <= now()');
  return rowCount ?? 0;
}

/** @returns how many counts of more than a month ago there were */
export async function removeOldTokenUse(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `DELETE FROM "TokenUse" WHERE day < (now() AT TIME ZONE 'UTC')::date - 31`,
  );
  return rowCount ?? 0;
}

/**
 * Removes the drafts that were kept for test runs of which none is left. One of the last day
 * stays: its run may be about to start.
 * @returns how many
 */
export async function pruneDrafts(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `DELETE FROM "WorkflowVersion" v
      WHERE v.number IS NULL AND v."createdAt" < now() - interval '1 day'
        AND NOT EXISTS (SELECT 1 FROM "Run" r WHERE r."versionId" = v.id)
        AND NOT EXISTS (SELECT 1 FROM "Run" r WHERE r."firstVersionId" = v.id)`,
  );
  return rowCount ?? 0;
}

/** The ids of accounts that their owners deleted, and that are not quite gone yet. */
export async function deletedAccounts(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM "User" WHERE "deletingSince" IS NOT NULL',
  );
  return rows.map(({ id }) => id);
}

/**
 * Removes an account that was marked as deleted, with all it owns: its runs from Temporal and the
 * database, then everything else. Safe to repeat, to break off anywhere, and to run twice at once.
 * @param forgetRun removes a run from Temporal
 * @param onBatch called after each batch of runs
 * @throws what `forgetRun` throws, or when the database does not answer; what is removed stays so
 */
export async function removeAccount(
  pool: pg.Pool,
  userId: string,
  forgetRun: (runId: string) => Promise<void>,
  onBatch: () => void = () => undefined,
): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM "Run" WHERE "ownerId" = $1 ORDER BY "startedAt" LIMIT $2',
      [userId, runsAtOnce],
    );
    if (rows.length === 0) break;
    await Promise.all(rows.map(({ id }) => forgetRun(id)));
    await pool.query('DELETE FROM "Run" WHERE id = ANY($1)', [rows.map(({ id }) => id)]);
    onBatch();
  }
  await pool.query('DELETE FROM "User" WHERE id = $1 AND "deletingSince" IS NOT NULL', [userId]);
}
