import type pg from 'pg';

/** How far back a reader has to go, and the epoch that it knows from then on. */
export type Rewind = { toSeq: number; epoch: number };

/**
 * What is left of what a reader has read: everything after `toSeq` was replaced since.
 * @param knownEpoch the epoch of what it has read
 * @returns null where nothing was replaced, or where there is no such run
 */
export async function rewoundTo(
  pool: pg.Pool,
  runId: string,
  knownEpoch: number,
): Promise<Rewind | null> {
  const { rows } = await pool.query<Rewind>(
    `SELECT run.epoch, l."toSeq"
       FROM "Run" run,
            LATERAL (SELECT min(seq) - 1 AS "toSeq" FROM "ExecutionLog"
                      WHERE "runId" = run.id AND epoch > $2) l
      WHERE run.id = $1 AND l."toSeq" IS NOT NULL`,
    [runId, knownEpoch],
  );
  return rows[0] ?? null;
}
