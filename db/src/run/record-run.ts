import type { RecordInput, RecordResult } from '@crmflow/contracts';
import type pg from 'pg';
import { publish } from '../bus/publish.js';
import { appendFlush } from './append-flush.js';
import { toFlush } from './flush.js';
import { mergeFlush } from './merge-flush.js';

/**
 * Records what a run tells, its new rows and its state in one transaction, and then pokes those who
 * follow it. Safe to repeat, also late and concurrently:
 * - rows that are there already and equal (but for `at`) stay
 * - a row that differs from the one at its seq replaces it and all after it, and raises
 *   `Run.epoch`, by which readers find that they have to go back (see `rewoundTo`)
 * - where the run moved to another version, its row does
 * - a flush that came late changes no newer state, and opens no finished run
 *
 * Events ascend by seq without gaps, and `view.lastSeq` is that of the last one.
 * @returns `gone` where the run was deleted
 */
export async function recordRun(pool: pg.Pool, input: RecordInput): Promise<RecordResult> {
  const flush = toFlush(input);
  const isUsual = input.events.length > 0 && !flush.moves;
  const appended = isUsual ? await appendFlush(pool, flush) : null;
  const end = appended ?? (await mergeFlush(pool, flush));
  if (!end) return 'gone';
  // Not in the transaction: PostgreSQL lets only one transaction that notifies commit at a time,
  // through its wait for the disk. A poke that is lost with this process is made up for, since
  // what was not acknowledged is recorded again, and pokes again.
  await publish(pool, { kind: 'log', runId: input.runId, ...end });
  return 'recorded';
}
