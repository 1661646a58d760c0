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

/** A visitor's message that its run's execution has taken. */
export type AcceptedMessage = {
  runId: string;
  messageId: string;
  bytes: number;
  text: string;
  /** `Run.generation` of the execution that has it. */
  generation: number;
};

/**
 * Writes down that a message was accepted, once its run has it. The run may have told of it
 * before this is called; that makes it no duplicate.
 * @returns whether it was accepted before; `gone` where the run was deleted; `reopened` where
 *   another execution goes on with the run, which may have begun without this message
 */
export async function acceptMessage(
  pool: pg.Pool,
  message: AcceptedMessage,
): Promise<'first' | 'duplicate' | 'gone' | 'reopened'> {
  const { runId, messageId, bytes, text, generation } = message;
  const { rows } = await pool.query<{ generation: number | null; first: boolean }>({
    name: 'accept-message',
    text: `
      WITH run AS (SELECT id, generation FROM "Run" WHERE id = $1), put AS (
        INSERT INTO "RunMessage" ("runId", "messageId", bytes, text, at)
        SELECT run.id, $2, $3, $4, now() FROM run
        ON CONFLICT ("runId", "messageId") DO UPDATE SET at = excluded.at
         WHERE "RunMessage".at IS NULL
        RETURNING 1
      )
      SELECT (SELECT generation FROM run) AS generation, EXISTS (SELECT FROM put) AS first`,
    values: [runId, messageId, bytes, text],
  });
  const now = rows[0]?.generation ?? null;
  if (now === null) return 'gone';
  if (now !== generation) return 'reopened';
  return rows[0]?.first ? 'first' : 'duplicate';
}
