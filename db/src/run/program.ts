import type pg from 'pg';

/**
 * Keeps what runs of a version execute. The first to keep it decides: its runs are replayed by it,
 * so that a later release with other defaults changes none of them.
 */
export async function keepProgram(
  pool: pg.Pool,
  versionId: string,
  program: { graph: unknown; variables: unknown },
): Promise<void> {
  await pool.query(`UPDATE "WorkflowVersion" SET program = $2 WHERE id = $1 AND program IS NULL`, [
    versionId,
    JSON.stringify(program),
  ]);
}

/**
 * What runs of a version execute, as the text of a JSON object that names the version too.
 * @returns null where the version or its program is not there (any more)
 */
export async function readProgram(pool: pg.Pool, versionId: string): Promise<string | null> {
  const { rows } = await pool.query<{ program: string }>(
    `SELECT (jsonb_build_object('programOf', id) || program)::text AS program
       FROM "WorkflowVersion" WHERE id = $1 AND program IS NOT NULL`,
    [versionId],
  );
  return rows[0]?.program ?? null;
}
