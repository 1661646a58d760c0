import type pg from 'pg';

/** How many runs are removed together: few, as each is first forgotten by Temporal. */
export const runsAtOnce = 20;

/** Removes runs from Temporal. */
export type ForgetRuns = (runIds: readonly string[]) => Promise<void>;

/** One statement that removes the logs of several runs could take longer than a statement may. */
const rowsAtOnce = 2_000;

/** What can have many rows for one run. The rest goes with the run. */
const tables = ['ExecutionLog', 'RunMessage'];

/**
 * Removes runs with all that belongs to them, a limited number of rows at a time.
 * @param onBatch called after each batch of rows
 */
export async function removeRuns(
  database: Pick<pg.ClientBase, 'query'>,
  runIds: readonly string[],
  onBatch: () => void = () => undefined,
): Promise<void> {
  for (const table of tables) {
    const removeSome = `
      DELETE FROM "${table}" WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM "${table}" WHERE "runId" = ANY ($1) LIMIT ${rowsAtOnce}))`;
    for (let removed = rowsAtOnce; removed === rowsAtOnce;) {
      removed = (await database.query(removeSome, [runIds])).rowCount ?? 0;
      onBatch();
    }
  }
  await database.query('DELETE FROM "Run" WHERE id = ANY ($1)', [runIds]);
}
