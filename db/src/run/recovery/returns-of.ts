import type pg from 'pg';

/** The events to which a run's log goes back, as it was retried: what it knew then is known again. */
export async function returnsOf(pool: pg.Pool, runId: string): Promise<number[]> {
  const { rows } = await pool.query<{ afterSeq: number }>(
    `SELECT (data->'resumed'->>'afterSeq')::int AS "afterSeq" FROM "ExecutionLog"
      WHERE "runId" = $1 AND type = 'run.started' AND data->'resumed' ? 'afterSeq'`,
    [runId],
  );
  return rows.map(({ afterSeq }) => afterSeq);
}
