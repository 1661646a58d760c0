import type pg from 'pg';
import type { Embed } from './embed.js';
import { embedPassages } from './embed-passages.js';
import type { Reading } from './reading.js';

/** An item whose passages are found, but not all of them by the meanings of a model. */
async function findItem(pool: pg.Pool, model: string): Promise<Reading | undefined> {
  // At random, so that several workers seldom do the same.
  const { rows } = await pool.query<Reading>(
    `SELECT id AS "itemId", generation AS reading FROM "KnowledgeItem" AS item
      WHERE generation = reading AND enabled
        AND EXISTS (SELECT FROM "KnowledgePassage" AS passage
                     WHERE "itemId" = item.id AND passage.generation = item.generation
                       AND (embedding IS NULL OR "embeddedBy" <> $1))
      ORDER BY random() LIMIT 1`,
    [model],
  );
  return rows[0];
}

/** Whether there is anything that could be found by its meaning. */
export async function hasKnowledge(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ has: boolean }>(
    'SELECT EXISTS (SELECT FROM "KnowledgeItem" WHERE generation > 0) AS has',
  );
  return rows[0]?.has === true;
}

/**
 * Stores the meanings of one item anew, which are missing or of another model. Its words and its old
 * meanings are found meanwhile.
 * @returns false where nothing is left to do, or the model is not there
 */
export async function embedAgain(
  { pool, embed }: { pool: pg.Pool; embed: Embed },
  model: string,
  signal: AbortSignal,
): Promise<boolean> {
  const item = await findItem(pool, model);
  if (!item || !(await embedPassages({ pool, embed }, item, { signal, model }))) return false;
  await pool.query(
    'UPDATE "KnowledgeItem" SET embedded = true, "updatedAt" = now() WHERE id = $1 AND generation = $2',
    [item.itemId, item.reading],
  );
  return true;
}
