import type pg from 'pg';

/** What is known of a visitor's message and of those that wait beside it. */
export type InboxState = {
  /** It was accepted before. */
  known: boolean;
  /** How many messages wait in the run's queue. */
  pending: number;
  /** Size of those in bytes. */
  pendingBytes: number;
};

/** What to check before a message is sent to its run. */
export async function inboxState(
  pool: pg.Pool,
  runId: string,
  messageId: string,
): Promise<InboxState> {
  const { rows } = await pool.query<InboxState>({
    name: 'inbox-state',
    text: `
      SELECT EXISTS (SELECT FROM "RunMessage" WHERE "runId" = $1 AND "messageId" = $2) AS known,
             count(*)::int AS pending, coalesce(sum(bytes), 0)::int AS "pendingBytes"
        FROM "RunMessage" WHERE "runId" = $1 AND "consumedAt" IS NULL`,
    values: [runId, messageId],
  });
  return rows[0] ?? { known: false, pending: 0, pendingBytes: 0 };
}

/**
 * Writes down that a message was accepted, once its run has it. The run may have told of it
 * before this is called; that makes it no duplicate.
 * @returns whether it was accepted before, or `gone` where the run was deleted
 */
export async function acceptMessage(
  pool: pg.Pool,
  message: { runId: string; messageId: string; bytes: number },
): Promise<'first' | 'duplicate' | 'gone'> {
  const { rows } = await pool.query<{ known: boolean; first: boolean }>({
    name: 'accept-message',
    text: `
      WITH run AS (SELECT id FROM "Run" WHERE id = $1), put AS (
        INSERT INTO "RunMessage" ("runId", "messageId", bytes, at)
        SELECT run.id, $2, $3, now() FROM run
        ON CONFLICT ("runId", "messageId") DO UPDATE SET at = excluded.at
         WHERE "RunMessage".at IS NULL
        RETURNING 1
      )
      SELECT EXISTS (SELECT FROM run) AS known, EXISTS (SELECT FROM put) AS first`,
    values: [message.runId, message.messageId, message.bytes],
  });
  if (!rows[0]?.known) return 'gone';
  return rows[0].first ? 'first' : 'duplicate';
}
