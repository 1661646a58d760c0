import type pg from 'pg';
import type { Flush } from './flush.js';
import { markConsumed, rowsOf } from './flush-sql.js';
import type { LogEnd } from './log-end.js';

/**
 * The usual case in one round trip: the flush goes on exactly where the log ends. The update
 * locks the run, and a concurrent flush makes it look at the newest row: that one then finds
 * `lastSeq` elsewhere and changes nothing.
 */
const statement = {
  name: 'append-flush',
  text: `
    WITH run AS (
      UPDATE "Run"
         SET view = $4::jsonb, status = $5, "currentNode" = $6, error = $7::jsonb,
             "finishedAt" = $8, "lastSeq" = $9, "updatedAt" = now()
       WHERE id = $1 AND "lastSeq" = $3
      RETURNING id, "lastSeq" AS seq, epoch
    ), logged AS (
      INSERT INTO "ExecutionLog" ("runId", seq, epoch, at, type, "nodeId", visit, data)
      SELECT run.id, e.seq, run.epoch, e.at, e.type, e."nodeId", e.visit, e.data
        FROM run, ${rowsOf('$2')}
    ), consumed AS (${markConsumed('run', '$2')})
    SELECT seq, epoch FROM run`,
};

/** Appends a flush to its run's log. @returns null where it does not go on where the log ends */
export async function appendFlush(pool: pg.Pool, flush: Flush): Promise<LogEnd | null> {
  const { rows } = await pool.query<LogEnd>({
    ...statement,
    values: [
      flush.runId,
      flush.rows,
      flush.firstSeq - 1,
      flush.view,
      flush.status,
      flush.currentNode,
      flush.error,
      flush.finishedAt,
      flush.lastSeq,
    ],
  });
  return rows[0] ?? null;
}
