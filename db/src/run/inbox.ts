import { finalStatuses, limits } from '@crmflow/contracts';
import type pg from 'pg';

/** What came of asking for room in a run's queue; `pending` counts the messages in it. */
export type Reservation = {
  /** `known`: the message was accepted before. `gone`: the run was deleted. */
  result: 'reserved' | 'known' | 'full' | 'finished' | 'gone';
  pending: number;
};

/** A message that is on its way to a run. */
export type ReservedMessage = { runId: string; messageId: string; bytes: number };

/** Signals take up to five seconds, and are sent twice where a run was retried meanwhile. */
const reservedFor = '30 seconds';

/**
 * Takes room in a run's queue for a message, before it is sent there. However many come at once,
 * there are never more than `limits` allow. The room is given back by `acceptMessage`,
 * `releaseMessage`, or after half a minute.
 */
export async function reserveMessage(
  pool: pg.Pool,
  { runId, messageId, bytes }: ReservedMessage,
): Promise<Reservation> {
  const { queuedMessages, queuedBytes } = limits;
  const { rows } = await pool.query<Reservation>({
    name: 'reserve-message',
    text: 'SELECT result, pending FROM reserve_message($1, $2, $3, $4, $5, $6, $7)',
    values: [runId, messageId, bytes, reservedFor, queuedMessages, queuedBytes, finalStatuses],
  });
  return rows[0]!;
}

/** Gives the room of a message back that its run has not taken. */
export async function releaseMessage(
  pool: pg.Pool,
  { runId, messageId }: Pick<ReservedMessage, 'runId' | 'messageId'>,
): Promise<void> {
  await pool.query('DELETE FROM "MessageReservation" WHERE "runId" = $1 AND "messageId" = $2', [
    runId,
    messageId,
  ]);
}

/** A visitor's message that its run's execution has taken. */
export type AcceptedMessage = ReservedMessage & {
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
      ), taken AS (
        DELETE FROM "MessageReservation" WHERE "runId" = $1 AND "messageId" = $2
      )
      SELECT (SELECT generation FROM run) AS generation, EXISTS (SELECT FROM put) AS first`,
    values: [runId, messageId, bytes, text],
  });
  const now = rows[0]?.generation ?? null;
  if (now === null) return 'gone';
  if (now !== generation) return 'reopened';
  return rows[0]?.first ? 'first' : 'duplicate';
}
