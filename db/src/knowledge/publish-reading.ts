import type { RunError } from '@crmflow/contracts';
import type pg from 'pg';
import type { Reading } from './reading.js';

/**
 * Puts a reading's passages in the place of those before, at once for all who look. Safe to repeat;
 * within a transaction.
 * @param error what kept its meanings from being stored; its words are found all the same
 */
export async function publishReading(
  client: pg.ClientBase,
  { itemId, reading }: Reading,
  error?: Omit<RunError, 'nodeId'>,
): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE "KnowledgeItem" SET
       status = 'ready', progress = 100, error = $3, generation = reading, "updatedAt" = now(),
       "readAt" = CASE WHEN generation = reading THEN "readAt" ELSE now() END,
       language = coalesce(staged->>'language', language),
       characters = coalesce((staged->>'characters')::int, characters),
       chunks = coalesce((staged->>'chunks')::int, chunks),
       pages = CASE WHEN staged IS NULL THEN pages ELSE (staged->>'pages')::int END,
       name = coalesce(staged->>'name', name),
       "leftOut" = CASE WHEN staged IS NULL THEN "leftOut" ELSE nullif(staged->'leftOut', 'null') END,
       staged = NULL,
       embedded = EXISTS (SELECT FROM "KnowledgePassage" WHERE "itemId" = $1 AND generation = $2)
          AND NOT EXISTS (SELECT FROM "KnowledgePassage"
                           WHERE "itemId" = $1 AND generation = $2 AND embedding IS NULL)
     WHERE id = $1 AND reading = $2 AND (generation = reading OR staged IS NOT NULL)`,
    [itemId, reading, error ? JSON.stringify(error) : null],
  );
  if (rowCount === 0) return;
  await client.query('DELETE FROM "KnowledgePassage" WHERE "itemId" = $1 AND generation < $2', [
    itemId,
    reading,
  ]);
}
