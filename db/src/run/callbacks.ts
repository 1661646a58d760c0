import { createHmac, hkdfSync } from 'node:crypto';
import type { IssuedCallback, Json, RunStatus, RunView } from '@crmflow/contracts';
import type pg from 'pg';

/**
 * By which a run makes the tokens of its addresses: of its own, and not stored by us.
 * @param encryptionKey in base64
 */
export function callbackSecretOf(encryptionKey: string, runId: string): string {
  const key = hkdfSync('sha256', Buffer.from(encryptionKey, 'base64'), '', 'callbacks', 32);
  return createHmac('sha256', Buffer.from(key)).update(runId).digest('base64url');
}

/** Writes down the addresses that a run has made. Safe to repeat; nothing where the run was deleted. */
export async function recordCallbacks(
  pool: pg.Pool,
  runId: string,
  callbacks: readonly IssuedCallback[],
): Promise<void> {
  await pool.query(
    `INSERT INTO "RunCallback" ("runId", "nodeId", visit, "tokenHash")
     SELECT run.id, c."nodeId", c.visit, c."tokenHash"
       FROM "Run" run, jsonb_to_recordset($2::jsonb) AS c ("nodeId" text, visit int, "tokenHash" text)
      WHERE run.id = $1
     ON CONFLICT DO NOTHING`,
    [runId, JSON.stringify(callbacks)],
  );
}

/** Whether the visit that an address is for is over, by the log of run `c."runId"`. */
const isPast = `EXISTS (
  SELECT FROM "ExecutionLog" l
   WHERE l."runId" = c."runId" AND l."nodeId" = c."nodeId"
     AND (l.visit > c.visit
          OR l.visit = c.visit AND l.type IN ('node.completed', 'node.failed')))`;

/** An address and what has come of it. */
export type StoredCallback = {
  runId: string;
  nodeId: string;
  visit: number;
  /** Null until a call came. */
  answer: { hash: string; value: Json; at: Date; isDelivered: boolean } | null;
  /** Whether the visit that it is for is over. */
  isPast: boolean;
  status: RunStatus;
  view: RunView | null;
};

type Row = Omit<StoredCallback, 'answer'> & {
  answerHash: string | null;
  value: Json;
  answeredAt: Date | null;
  deliveredAt: Date | null;
};

/** The address of a token; null for none, or one of a workspace that is being deleted. */
export async function findCallback(
  pool: pg.Pool,
  tokenHash: string,
): Promise<StoredCallback | null> {
  const { rows } = await pool.query<Row>({
    name: 'find-callback',
    text: `SELECT c."runId", c."nodeId", c.visit, c."answerHash", c.value, c."answeredAt",
                  c."deliveredAt", ${isPast} AS "isPast", run.status, run.view
             FROM "RunCallback" c JOIN "Run" run ON run.id = c."runId"
             JOIN "Workspace" w ON w.id = run."workspaceId" AND w."deletingSince" IS NULL
            WHERE c."tokenHash" = $1`,
    values: [tokenHash],
  });
  const [row] = rows;
  if (!row) return null;
  const { answerHash, value, answeredAt, deliveredAt, ...rest } = row;
  const answer = answerHash !== null &&
    answeredAt !== null && { hash: answerHash, value, at: answeredAt };
  return { ...rest, answer: answer ? { ...answer, isDelivered: deliveredAt !== null } : null };
}

/**
 * Answers an address, once: of many who try at once, one does.
 * @returns when; null where it was answered before
 */
export async function answerCallback(
  pool: pg.Pool,
  tokenHash: string,
  { hash, value }: { hash: string; value: Json },
): Promise<Date | null> {
  const { rows } = await pool.query<{ answeredAt: Date }>(
    `UPDATE "RunCallback" SET "answerHash" = $2, value = $3, "answeredAt" = clock_timestamp()
      WHERE "tokenHash" = $1 AND "answeredAt" IS NULL RETURNING "answeredAt"`,
    [tokenHash, hash, JSON.stringify(value)],
  );
  return rows[0]?.answeredAt ?? null;
}

type Key = Pick<StoredCallback, 'runId' | 'nodeId' | 'visit'>;

const keyOf = ({ runId, nodeId, visit }: Key) => [runId, nodeId, visit];

/** Notes that the run's execution has what came. */
export async function markDelivered(pool: pg.Pool, callback: Key): Promise<void> {
  await pool.query(
    `UPDATE "RunCallback" SET "deliveredAt" = now()
      WHERE "runId" = $1 AND "nodeId" = $2 AND visit = $3 AND "answeredAt" IS NOT NULL`,
    keyOf(callback),
  );
}

/**
 * Finds out what became of an answer that is still on its way, where its visit is over or the run has
 * ended: the run has taken it, and whoever brought it died before noting that; or it is withdrawn.
 * @param when `past` leaves it alone where the visit is not over
 * @returns whether the run has taken it; null where nothing was to be found out
 */
export async function settleAnswer(
  pool: pg.Pool,
  callback: Key,
  when: 'past' | 'ended',
): Promise<boolean | null> {
  const { rows } = await pool.query<{ isTaken: boolean }>(
    `WITH taken AS (
       SELECT EXISTS (
         SELECT FROM "ExecutionLog"
          WHERE "runId" = $1 AND "nodeId" = $2 AND visit = $3
            AND (type = 'node.failed'
                 OR type = 'node.completed' AND data->>'handle' = 'out' AND NOT data ? 'skipped')
       ) AS yes
     )
     UPDATE "RunCallback" c
        SET "deliveredAt" = CASE WHEN yes THEN now() END,
            "answerHash" = CASE WHEN yes THEN "answerHash" END,
            value = CASE WHEN yes THEN value END,
            "answeredAt" = CASE WHEN yes THEN "answeredAt" END
       FROM taken
      WHERE c."runId" = $1 AND c."nodeId" = $2 AND c.visit = $3 AND c."deliveredAt" IS NULL
        AND ($4 = 'ended' OR ${isPast})
     RETURNING yes AS "isTaken"`,
    [...keyOf(callback), when],
  );
  return rows[0]?.isTaken ?? null;
}

/** What a call brought, for the visit that it is for; `at` in epoch milliseconds. */
export type CallbackAnswer = Omit<Key, 'runId'> & { value: Json; at: number };

type AnswerRow = Key & { value: Json; answeredAt: Date };

const toAnswer = ({ nodeId, visit, value, answeredAt }: AnswerRow): CallbackAnswer => ({
  ...{ nodeId, visit, value },
  at: answeredAt.getTime(),
});

/** What calls have brought for visits of a run that are not over: its next execution begins with it. */
export async function waitingCallbacks(pool: pg.Pool, runId: string): Promise<CallbackAnswer[]> {
  const { rows } = await pool.query<AnswerRow>(
    `SELECT c."runId", c."nodeId", c.visit, c.value, c."answeredAt" FROM "RunCallback" c
      WHERE c."runId" = $1 AND c."answeredAt" IS NOT NULL AND NOT ${isPast}
      ORDER BY c."answeredAt", c."nodeId"`,
    [runId],
  );
  return rows.map(toAnswer);
}

/** Answers that were taken a while ago and are still on their way: whoever brought them has died. */
export async function undeliveredCallbacks(
  pool: pg.Pool,
  olderThanMs: number,
  limit: number,
): Promise<{ runId: string; answer: CallbackAnswer }[]> {
  const { rows } = await pool.query<AnswerRow>(
    `SELECT "runId", "nodeId", visit, value, "answeredAt" FROM "RunCallback"
      WHERE "answeredAt" < now() - make_interval(secs => $1 / 1000.0) AND "deliveredAt" IS NULL
      ORDER BY "answeredAt" LIMIT $2`,
    [olderThanMs, limit],
  );
  return rows.map((row) => ({ runId: row.runId, answer: toAnswer(row) }));
}

/**
 * The hash of the token of an address, which is made where there is none yet.
 * @returns null where the run was deleted
 */
export async function ensureCallback(
  pool: pg.Pool,
  runId: string,
  callback: IssuedCallback,
): Promise<string | null> {
  await recordCallbacks(pool, runId, [callback]);
  const { rows } = await pool.query<{ tokenHash: string }>(
    `SELECT "tokenHash" FROM "RunCallback" WHERE "runId" = $1 AND "nodeId" = $2 AND visit = $3`,
    keyOf({ runId, ...callback }),
  );
  return rows[0]?.tokenHash ?? null;
}
