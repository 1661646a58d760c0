import type pg from 'pg';
import { transaction } from '../transaction.js';
import { type Comparison, decideMerge } from './decide-merge.js';
import { type Flush, type LogEnd, markConsumed, rowsOf } from './flush.js';
import { followVersion } from './version-sql.js';

type Locked = Pick<Comparison, 'lastSeq' | 'finished'>;

const lock = `
  SELECT "lastSeq", "finishedAt" IS NOT NULL AS finished
    FROM "Run" WHERE id = $1 FOR NO KEY UPDATE`;

const compare = `
  SELECT min(e.seq) FILTER (WHERE l.seq IS NULL) AS lacks,
         min(e.seq) FILTER (
           WHERE l.seq IS NOT NULL
             AND (l.type, l."nodeId", l.visit, l.data)
                 IS DISTINCT FROM (e.type, e."nodeId", e.visit, e.data)) AS diverges
    FROM ${rowsOf('$2')}
    LEFT JOIN "ExecutionLog" l ON l."runId" = $1 AND l.seq = e.seq`;

/** A message that is told no more was never taken: a client that sends it again is heard. */
const drop = `
  WITH dropped AS (
    DELETE FROM "ExecutionLog" WHERE "runId" = $1 AND seq >= $2 RETURNING type, data
  )
  DELETE FROM "RunMessage" m USING dropped
   WHERE m."runId" = $1 AND dropped.type = 'message' AND dropped.data->>'role' = 'user'
     AND m."messageId" = dropped.data->>'id'`;

const advance = `
  UPDATE "Run"
     SET epoch = epoch + $2::int, "lastSeq" = $3, "updatedAt" = now(),
         "logBytes" = "logBytes" + $4
   WHERE id = $1`;

const insert = `
  INSERT INTO "ExecutionLog" ("runId", seq, epoch, at, type, "nodeId", visit, data)
  SELECT run.id, e.seq, run.epoch, e.at, e.type, e."nodeId", e.visit, e.data
    FROM "Run" AS run, ${rowsOf('$2')}
   WHERE run.id = $1
  ON CONFLICT ("runId", seq) DO NOTHING`;

const thisRun = `(SELECT id FROM "Run" WHERE id = $1)`;

const setState = `
  UPDATE "Run"
     SET view = $2::jsonb, status = $3, "currentNode" = $4, error = $5::jsonb,
         "finishedAt" = $6, "updatedAt" = now()
   WHERE id = $1`;

const end = `SELECT "lastSeq" AS seq, epoch, "conversationId" FROM "Run" WHERE id = $1`;

/**
 * Brings a flush and a log together that overlap, differ, or have a gap between them.
 * @returns null where the run was deleted
 */
export function mergeFlush(pool: pg.Pool, flush: Flush): Promise<LogEnd | null> {
  const { runId, rows } = flush;
  return transaction(pool, async (client) => {
    const { rows: found } = await client.query<Locked>(lock, [runId]);
    const run = found[0];
    if (!run) return null;

    const { rows: compared } = await client.query<Omit<Comparison, keyof Locked>>(compare, [
      runId,
      rows,
    ]);
    const { diverges = null, lacks = null } = compared[0] ?? {};
    const merge = decideMerge(
      { ...run, diverges, lacks },
      { lastSeq: flush.lastSeq, finished: flush.finishedAt !== null },
    );

    if (merge.dropFrom !== null) await client.query(drop, [runId, merge.dropFrom]);
    if (merge.insert) {
      const lastSeq = merge.newest ? flush.lastSeq : run.lastSeq;
      await client.query(advance, [runId, merge.rewinds ? 1 : 0, lastSeq, flush.bytes]);
      await client.query(insert, [runId, rows]);
      await client.query(markConsumed(thisRun, '$2'), [runId, rows]);
    }
    if (merge.newest) {
      const { view, status, currentNode, error, finishedAt } = flush;
      await client.query(setState, [runId, view, status, currentNode, error, finishedAt]);
    }
    if (merge.dropFrom !== null || flush.moves) await client.query(followVersion, [runId]);
    const { rows: ends } = await client.query<LogEnd>(end, [runId]);
    return ends[0] ?? null;
  });
}
