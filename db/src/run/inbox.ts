import { isFinal, limits, type RunStatus } from '@crmflow/contracts';
import type pg from 'pg';
import { transaction } from '../transaction.js';

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

/** Counts what waits and what is on its way, and takes room for one more where there is some. */
const reserve = {
  name: 'reserve-message',
  text: `
    WITH known AS (
      SELECT FROM "RunMessage" WHERE "runId" = $1 AND "messageId" = $2
    ), waiting AS (
      SELECT bytes FROM "RunMessage" WHERE "runId" = $1 AND "consumedAt" IS NULL
       UNION ALL
      SELECT bytes FROM "MessageReservation"
       WHERE "runId" = $1 AND "messageId" <> $2 AND until > now()
    ), counted AS (
      SELECT count(*)::int AS pending, coalesce(sum(bytes), 0) AS bytes FROM waiting
    ), expired AS (
      DELETE FROM "MessageReservation"
       WHERE "runId" = $1 AND "messageId" <> $2 AND until <= now()
    ), put AS (
      INSERT INTO "MessageReservation" ("runId", "messageId", bytes, until)
      SELECT $1, $2, $3::int, now() + interval '${reservedFor}' FROM counted
       WHERE NOT EXISTS (SELECT FROM known) AND NOT $6::bool
         AND counted.pending < $4 AND counted.bytes + $3::int <= $5
      ON CONFLICT ("runId", "messageId") DO UPDATE SET until = excluded.until
      RETURNING 1
    )
    SELECT pending, EXISTS (SELECT FROM known) AS known, EXISTS (SELECT FROM put) AS reserved
      FROM counted`,
};

/**
 * Takes room in a run's queue for a message, before it is sent there. However many come at once,
 * there are never more than `limits` allow. The room is given back by `acceptMessage`,
 * `releaseMessage`, or after half a minute.
 */
export function reserveMessage(pool: pg.Pool, message: ReservedMessage): Promise<Reservation> {
  const { runId, messageId, bytes } = message;
  return transaction(pool, async (client): Promise<Reservation> => {
    // Those who come at once wait here: a statement sees only what was there when it began.
    const run = await client.query<{ status: RunStatus }>(
      'SELECT status FROM "Run" WHERE id = $1 FOR NO KEY UPDATE',
      [runId],
    );
    if (!run.rows[0]) return { result: 'gone', pending: 0 };
    const isFinished = isFinal(run.rows[0].status);
    const { rows } = await client.query<{ pending: number; known: boolean; reserved: boolean }>({
      ...reserve,
      values: [runId, messageId, bytes, limits.queuedMessages, limits.queuedBytes, isFinished],
    });
    const { pending = 0, known = false, reserved = false } = rows[0] ?? {};
    if (known) return { result: 'known', pending };
    if (isFinished) return { result: 'finished', pending };
    return { result: reserved ? 'reserved' : 'full', pending };
  });
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
