import type pg from 'pg';

/**
 * A query for what the visitor said to run `$2` after event `$3`, and for what waits to be heard:
 * columns id, text, and `place` in order.
 */
export const laterMessagesQuery = `
  SELECT data->>'id' AS id, data->>'text' AS text, seq::bigint AS place
    FROM "ExecutionLog"
   WHERE "runId" = $2 AND seq > $3 AND type = 'message' AND data->>'role' = 'user'
   UNION ALL
  SELECT "messageId", text, 3000000000 + row_number() OVER (ORDER BY at, "messageId")
    FROM "RunMessage"
   WHERE "runId" = $2 AND "consumedAt" IS NULL AND text IS NOT NULL`;

/** How much the visitor said to a run after an event, in messages and in bytes. */
export async function laterMessages(
  pool: pg.Pool,
  runId: string,
  afterSeq: number,
): Promise<{ count: number; bytes: number }> {
  const { rows } = await pool.query<{ count: number; bytes: number }>(
    `SELECT count(*)::int AS count, coalesce(sum(octet_length(text)), 0)::int AS bytes
       FROM (${laterMessagesQuery}) AS later WHERE $1 = $2`,
    [runId, runId, afterSeq],
  );
  return rows[0] ?? { count: 0, bytes: 0 };
}
