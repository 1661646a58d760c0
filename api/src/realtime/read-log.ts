import { readEvents, rewoundTo } from '@crmflow/db';
import type { Pool } from 'pg';
import type { LogPage, LogRead } from './feed/page.js';
import type { LogTip } from './relay.js';

/** Rows per read: what one socket that stopped reading can hold at most, besides its buffer. */
const pageSize = 200;

/**
 * A page of a run's log, and how far readers have to go back where the log was rewritten since
 * the epoch that they know. A rewriting between the two looks makes it look again.
 * @returns null where the run was deleted
 */
export async function readLogPage(
  pool: Pool,
  runId: string,
  { afterSeq, knownEpoch }: LogRead,
): Promise<LogPage | null> {
  for (;;) {
    const page = await readEvents(pool, runId, afterSeq, pageSize);
    if (!page) return null;
    const { epoch, lastSeq, events: rows } = page;
    if (epoch === knownEpoch) return { epoch, lastSeq, rows };
    const rewind = await rewoundTo(pool, runId, knownEpoch);
    if (!rewind) return { epoch, lastSeq, rows };
    if (rewind.epoch === epoch) return { epoch, lastSeq, rows, rewoundTo: rewind.toSeq };
  }
}

/** How far the logs of runs go; those that were deleted are left out. */
export async function readLogTips(pool: Pool, runIds: readonly string[]): Promise<LogTip[]> {
  const { rows } = await pool.query<LogTip>({
    name: 'log-tips',
    text: `SELECT id AS "runId", epoch, "lastSeq" FROM "Run" WHERE id = ANY($1)`,
    values: [runIds],
  });
  return rows;
}
