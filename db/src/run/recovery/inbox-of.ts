import type pg from 'pg';

/** A message that waits; `at` in epoch milliseconds. */
export type WaitingMessage = { messageId: string; text: string; at: number };

/** The visitor's messages that a run has accepted and not taken, in order. */
export async function waitingMessages(pool: pg.Pool, runId: string): Promise<WaitingMessage[]> {
  const { rows } = await pool.query<{ messageId: string; text: string; at: Date }>(
    `SELECT "messageId", text, at FROM "RunMessage"
      WHERE "runId" = $1 AND "consumedAt" IS NULL AND text IS NOT NULL AND at IS NOT NULL
      ORDER BY at, "messageId"`,
    [runId],
  );
  return rows.map(({ messageId, text, at }) => ({ messageId, text, at: at.getTime() }));
}

/** The ids of the newest messages that a run has accepted, oldest first. */
export async function knownMessages(pool: pg.Pool, runId: string): Promise<string[]> {
  const { rows } = await pool.query<{ messageId: string }>(
    `SELECT "messageId" FROM "RunMessage" WHERE "runId" = $1
      ORDER BY coalesce(at, "consumedAt") DESC LIMIT 500`,
    [runId],
  );
  return rows.map(({ messageId }) => messageId).reverse();
}
