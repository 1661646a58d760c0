import type pg from 'pg';

/** Runs statements that delete rows, one after the other. @returns how many rows */
export async function deleteRows(
  pool: Pick<pg.Pool, 'query'>,
  statements: readonly string[],
): Promise<number> {
  let deleted = 0;
  for (const statement of statements) deleted += (await pool.query(statement)).rowCount ?? 0;
  return deleted;
}
