import { type DeliveryAttempt, type JsonObject, limits } from '@crmflow/contracts';
import type pg from 'pg';
import { transaction } from '../transaction.js';

/** How long one workflow alone is at the deliveries of an endpoint, unless it says that it still is. */
const lease = `interval '1 minute'`;

/** Whether something is due to the endpoint named `e`. */
const isDue = `
  (((e."restsUntil" IS NULL OR e."restsUntil" <= now()) AND EXISTS (
      SELECT FROM "EventDelivery" d
       WHERE d."endpointId" = e.id AND d.status = 'pending' AND d."inLine"))
   OR EXISTS (
      SELECT FROM "EventDelivery" d
       WHERE d."endpointId" = e.id AND d.status = 'pending' AND NOT d."inLine"
         AND d."nextAttemptAt" <= now()))`;

/**
 * Finds endpoints to which something is due and which nobody is at, and leaves them to the caller for a
 * minute. Of several callers at once each endpoint is found by one.
 * @returns their ids
 */
export async function claimDueEndpoints(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'claim-due-endpoints',
    text: `UPDATE "Endpoint" SET "leaseUntil" = now() + ${lease}
            WHERE id IN (
              SELECT e.id FROM "Endpoint" e
               WHERE e.enabled AND (e."leaseUntil" IS NULL OR e."leaseUntil" < now()) AND ${isDue}
               LIMIT 100 FOR NO KEY UPDATE SKIP LOCKED)
           RETURNING id`,
  });
  return rows.map(({ id }) => id);
}

/** A delivery whose turn it is. */
export type DueDelivery = {
  id: string;
  endpointId: string;
  workspaceId: string;
  url: string;
  eventId: string;
  type: string;
  at: Date;
  data: JsonObject;
  isTest: boolean;
  inLine: boolean;
  tries: number;
  failingSince: Date | null;
};

/**
 * The delivery whose turn it is: the first in line, or one of those that stepped aside.
 * The endpoint is the caller's for another minute.
 * @returns null where nothing is due
 */
export async function takeDueDelivery(
  pool: pg.Pool,
  endpointId: string,
): Promise<DueDelivery | null> {
  const { rows } = await pool.query<DueDelivery>({
    name: 'take-due-delivery',
    text: `WITH e AS (
             UPDATE "Endpoint" SET "leaseUntil" = now() + ${lease}
              WHERE id = $1 AND enabled RETURNING id, "workspaceId", url, "restsUntil", "failingSince"
           ), due AS (
             (SELECT d.* FROM e, "EventDelivery" d
               WHERE d."endpointId" = $1 AND d.status = 'pending' AND d."inLine"
                 AND (e."restsUntil" IS NULL OR e."restsUntil" <= now())
               ORDER BY d.id LIMIT 1)
             UNION ALL
             (SELECT d.* FROM e, "EventDelivery" d
               WHERE d."endpointId" = $1 AND d.status = 'pending' AND NOT d."inLine"
                 AND d."nextAttemptAt" <= now()
               ORDER BY d."nextAttemptAt" LIMIT 1)
           )
           SELECT due.id, due."endpointId", due."eventId", due."inLine", due.tries,
                  e."workspaceId", e.url, e."failingSince", event.type, event.at, event.data,
                  event."isTest"
             FROM due, e, "OutboundEvent" event
            WHERE event.id = due."eventId" LIMIT 1`,
    values: [endpointId],
  });
  return rows[0] ?? null;
}

/** Says that nobody is at the deliveries of an endpoint any more. */
export async function leaveEndpoint(pool: pg.Pool, endpointId: string): Promise<void> {
  await pool.query('UPDATE "Endpoint" SET "leaseUntil" = NULL WHERE id = $1', [endpointId]);
}

/** What follows from an attempt. `aside`: it no longer holds back those after it. */
export type Verdict =
  | { then: 'delivered' }
  | { then: 'again'; at: Date; aside: boolean }
  | { then: 'undelivered' }
  | { then: 'disable'; because: 'gone' | 'failing' };

/** The delivery as it was taken: what somebody else has noted or asked for since stays. */
const note = `
  UPDATE "EventDelivery"
     SET status = $3, reason = $4, tries = $5, "inLine" = $6, "nextAttemptAt" = $7,
         attempts = (SELECT coalesce(jsonb_agg(kept.one ORDER BY kept.n), '[]')
                       FROM (SELECT one, n
                               FROM jsonb_array_elements(attempts || $8::jsonb) WITH ORDINALITY x (one, n)
                              ORDER BY n DESC LIMIT ${limits.deliveryAttempts}) kept)
   WHERE id = $1 AND status = 'pending' AND tries = $2`;

const failedData = `jsonb_build_object(
  'endpointId', e.id, 'deliveryId', d.id::text, 'eventId', d."eventId", 'type', $2::text,
  'reason', d.reason, 'undelivered', $3::int)`;

/** Tells the other endpoints. What failed to tell of a failure is told by nobody. */
const tellFailed = `
  SELECT record_event(e."workspaceId", event_id(concat_ws(E'\\n', 'failed', d.id, $4::text)),
                      'delivery.failed', now(), ${failedData}, event."runId",
                      event."conversationId", event."contactId", e.id)
    FROM "EventDelivery" d
    JOIN "Endpoint" e ON e.id = d."endpointId"
    JOIN "OutboundEvent" event ON event.id = d."eventId"
   WHERE d.id = $1 AND event.type <> 'delivery.failed' AND NOT event."isTest"`;

/** Writes down what an attempt came to, and what follows from it. */
export function noteAttempt(
  pool: pg.Pool,
  delivery: DueDelivery,
  attempt: DeliveryAttempt,
  verdict: Verdict,
): Promise<void> {
  const { id, endpointId, tries, inLine } = delivery;
  const { then } = verdict;
  const isOver = then === 'undelivered' || then === 'disable';
  const status = then === 'delivered' ? 'delivered' : isOver ? 'undelivered' : 'pending';
  const reason = then === 'undelivered' ? 'exhausted' : then === 'disable' ? 'disabled' : null;
  const stays = inLine && !(then === 'again' && verdict.aside);
  return transaction(pool, async (client) => {
    const { rowCount } = await client.query(note, [
      ...[id, tries, status, reason, then === 'delivered' ? 0 : tries + 1, stays],
      ...[then === 'again' ? verdict.at : null, JSON.stringify([attempt])],
    ]);
    if (rowCount === 0) return;
    await client.query(
      `UPDATE "Endpoint"
          SET "failingSince" = CASE WHEN $2 THEN NULL WHEN $3 THEN "failingSince"
                                    ELSE coalesce("failingSince", now()) END,
              "deliveredAt" = CASE WHEN $2 THEN now() ELSE "deliveredAt" END,
              "restsUntil" = CASE WHEN $4 THEN $5::timestamptz ELSE "restsUntil" END
        WHERE id = $1`,
      [
        ...[endpointId, then === 'delivered', delivery.isTest, inLine],
        stays && then === 'again' ? verdict.at : null,
      ],
    );
    let undelivered = 1;
    if (then === 'disable') {
      await client.query(
        `UPDATE "Endpoint" SET enabled = false, "disabledBecause" = $2, "updatedAt" = now()
          WHERE id = $1`,
        [endpointId, verdict.because],
      );
      const { rowCount: others } = await client.query(
        `UPDATE "EventDelivery" SET status = 'undelivered', reason = 'disabled', "nextAttemptAt" = NULL
          WHERE "endpointId" = $1 AND status = 'pending'`,
        [endpointId],
      );
      undelivered += others ?? 0;
    }
    if (isOver) await client.query(tellFailed, [id, delivery.type, undelivered, attempt.at]);
  });
}
