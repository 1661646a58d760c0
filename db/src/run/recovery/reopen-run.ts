import type pg from 'pg';
import type { Resume } from './resume.js';

/**
 * Opens a failed run again, to be launched as its next generation; one of many who try at once.
 * @returns false where it has not failed, or not at this end of its log
 */
export async function reopenRun(pool: pg.Pool, runId: string, resume: Resume): Promise<boolean> {
  // FOR UPDATE waits for messages that are being accepted: they belong to the next execution too.
  const { rowCount } = await pool.query(
    `UPDATE "Run" SET status = 'running', error = NULL, "finishedAt" = NULL, "launchedAt" = NULL,
            "launchLease" = NULL, "currentNode" = $3, generation = generation + 1, resume = $4::jsonb,
            view = (view - 'error' - 'waiting') || '{"status": "running", "currentNodes": []}',
            "updatedAt" = now()
      WHERE id = (SELECT id FROM "Run" WHERE id = $1 AND status = 'failed' AND "lastSeq" = $2
                     FOR UPDATE)`,
    [runId, resume.lastSeq, resume.nodeId, JSON.stringify(resume)],
  );
  return rowCount === 1;
}
