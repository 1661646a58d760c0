import type { RunError } from '@crmflow/contracts';
import type pg from 'pg';

type Database = pg.Pool | pg.ClientBase;

/** One reading of an item: what a later one has overtaken changes nothing any more. */
export type Reading = { itemId: string; reading: number };

/** What a reading begins with. `file` is what was uploaded or typed in. */
export type ReadingSource = {
  workspaceId: string;
  type: 'pdf' | 'url' | 'manual';
  name: string;
  url: string | null;
  question: string | null;
  file: Buffer | null;
  /** Whether its passages are found already, as those of an entry that was typed in. */
  isRead: boolean;
};

/** Begins or goes on with a reading. @returns null where the item is gone or is read again since */
export async function beginReading(
  database: Database,
  { itemId, reading }: Reading,
): Promise<ReadingSource | null> {
  const { rows } = await database.query<ReadingSource>(
    `WITH item AS (
       UPDATE "KnowledgeItem" SET
         status = CASE WHEN generation < reading THEN 'reading' ELSE status END,
         "updatedAt" = now()
       WHERE id = $1 AND reading = $2 RETURNING *)
     SELECT item."workspaceId", type, name, url, question, bytes AS file,
            generation = reading AS "isRead"
       FROM item LEFT JOIN "KnowledgeFile" ON "itemId" = item.id`,
    [itemId, reading],
  );
  return rows[0] ?? null;
}

/** The readings of a workspace that wait, the oldest first, without those of the items named. */
export async function findWaitingReadings(
  database: Database,
  { workspaceId, except, limit }: { workspaceId: string; except: readonly string[]; limit: number },
): Promise<Reading[]> {
  const { rows } = await database.query<Reading>(
    `SELECT id AS "itemId", reading FROM "KnowledgeItem"
      WHERE "workspaceId" = $1 AND reading > generation AND status <> 'failed' AND id <> ALL ($2)
      ORDER BY "createdAt", id LIMIT $3`,
    [workspaceId, except, limit],
  );
  return rows;
}

/** Whether a reading is still wanted: its item is there and was not asked to be read again. */
export async function isReadingWanted(
  database: Database,
  { itemId, reading }: Reading,
): Promise<boolean> {
  const { rowCount } = await database.query(
    'SELECT FROM "KnowledgeItem" WHERE id = $1 AND reading = $2',
    [itemId, reading],
  );
  return rowCount === 1;
}

/** Tells how far a reading is, in percent. @returns false where it is not wanted any more */
export async function saveProgress(
  database: Database,
  { itemId, reading }: Reading,
  percent: number,
): Promise<boolean> {
  const { rowCount } = await database.query(
    `UPDATE "KnowledgeItem" SET progress = $3, "updatedAt" = now() WHERE id = $1 AND reading = $2`,
    [itemId, reading, Math.round(percent)],
  );
  return rowCount === 1;
}

/**
 * Ends a reading that failed. What was read before is still found.
 * @param error why, in words for its owner
 */
export async function failReading(
  database: Database,
  { itemId, reading }: Reading,
  error: Omit<RunError, 'nodeId'>,
): Promise<void> {
  await database.query(
    `UPDATE "KnowledgeItem" SET status = 'failed', error = $3, "updatedAt" = now()
      WHERE id = $1 AND reading = $2 AND generation < reading`,
    [itemId, reading, JSON.stringify(error)],
  );
  await database.query(
    `DELETE FROM "KnowledgePassage" WHERE "itemId" = $1 AND generation = $2
        AND EXISTS (SELECT FROM "KnowledgeItem" WHERE id = $1 AND generation < $2)`,
    [itemId, reading],
  );
}
