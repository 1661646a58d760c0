import type { RecordInput } from '@crmflow/contracts';
import type pg from 'pg';
import { busMessageBytes, publish, type ToldRow } from '../bus/message.js';
import { recordCallbacks } from './callbacks.js';
import { type Flush, type LogEnd, markConsumed, rowsOf, toFlush } from './flush.js';
import { tellConversation } from '../conversations/tell-conversation.js';
import { mergeFlush } from './merge-flush.js';

/**
 * The usual case in one round trip: the flush goes on exactly where the log ends. The update
 * locks the run, and a concurrent flush makes it look at the newest row: that one then finds
 * `lastSeq` elsewhere and changes nothing. A run that tells of itself is launched, whoever did it.
 */
const append = {
  name: 'append-flush',
  text: `
    WITH run AS (
      UPDATE "Run"
         SET view = $4::jsonb, status = $5, "currentNode" = $6, error = $7::jsonb,
             "finishedAt" = $8, "lastSeq" = $9, "updatedAt" = now(),
             "logBytes" = "logBytes" + $10,
             "launchedAt" = CASE "lastSeq" WHEN 0 THEN coalesce("launchedAt", now())
                                 ELSE "launchedAt" END
       WHERE id = $1 AND "lastSeq" = $3
      RETURNING id, "lastSeq" AS seq, epoch, "conversationId"
    ), logged AS (
      INSERT INTO "ExecutionLog" ("runId", seq, epoch, at, type, "nodeId", visit, data)
      SELECT run.id, e.seq, run.epoch, e.at, e.type, e."nodeId", e.visit, e.data
        FROM run, ${rowsOf('$2')}
    ), consumed AS (${markConsumed('run', '$2')})
    SELECT seq, epoch, "conversationId" FROM run`,
};

/** Rows of so many bytes are told with the poke, which is larger by the run's id and some numbers. */
const mostToTell = busMessageBytes - 300;

/** Appends a flush to its run's log. @returns null where it does not go on where the log ends */
async function appendFlush(pool: pg.Pool, flush: Flush): Promise<LogEnd | null> {
  const { rows } = await pool.query<LogEnd>({
    ...append,
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
      flush.bytes,
    ],
  });
  return rows[0] ?? null;
}

/**
 * Records what a run tells, its new rows and its state in one transaction, and then pokes those who
 * follow it. Safe to repeat, also late and concurrently:
 * - rows that are there already and equal (but for `at`) stay
 * - a row that differs from the one at its seq replaces it and all after it, and raises
 *   `Run.epoch`, by which readers find that they have to go back (see `rewoundTo`)
 * - where the run moved to another version, its row does
 * - addresses that its texts have in them are known before anybody can read one
 * - a flush that came late changes no newer state, and opens no finished run
 *
 * Events ascend by seq without gaps, and `view.lastSeq` is that of the last one.
 * @returns `gone` where the run was deleted
 */
export async function recordRun(pool: pg.Pool, input: RecordInput): Promise<'recorded' | 'gone'> {
  const flush = toFlush(input);
  if (input.callbacks) await recordCallbacks(pool, input.runId, input.callbacks);
  const isUsual = input.events.length > 0 && !flush.moves;
  const appended = isUsual ? await appendFlush(pool, flush) : null;
  const end = appended ?? (await mergeFlush(pool, flush));
  if (!end) return 'gone';
  const { seq, epoch, conversationId } = end;
  // Before anybody hears of it, and again where this process dies first.
  if (conversationId !== null) await tellConversation(pool, conversationId);
  // Not in the transaction: PostgreSQL lets only one transaction that notifies commit at a time,
  // through its wait for the disk. A poke that is lost with this process is made up for, since
  // what was not acknowledged is recorded again, and pokes again.
  const isToTell = appended && flush.bytes <= mostToTell;
  const rows = isToTell ? { rows: JSON.parse(flush.rows) as ToldRow[] } : {};
  await publish(pool, { kind: 'log', runId: input.runId, seq, epoch, ...rows });
  return 'recorded';
}
