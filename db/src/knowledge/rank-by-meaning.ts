import type pg from 'pg';
import type { Ranked } from './fuse.js';
import { itemsInScope, keyOf, type Scope } from './scope.js';
import { cosine, decodeVector, encodeVector } from './vector.js';

const kept = 50;

type Row = { itemId: string; index: number; embedding: Buffer };

/**
 * The passages by how near their meaning is to that of a query, the nearest first. Every passage is
 * looked at: exact, and quick up to some ten thousands.
 * @param model passages of another model's meanings are left out
 */
export async function rankByMeaning(
  pool: pg.Pool,
  { userId, itemIds }: Scope,
  { model, vector }: { model: string; vector: readonly number[] },
): Promise<Ranked[]> {
  const { rows } = await pool.query<Row>({
    name: 'knowledge-meanings',
    text: `SELECT "itemId", index, embedding FROM "KnowledgePassage" AS passage
             JOIN "KnowledgeItem" AS item
               ON item.id = "itemId" AND item.generation = passage.generation
            WHERE ${itemsInScope} AND embedding IS NOT NULL AND "embeddedBy" = $3`,
    values: [userId, itemIds ?? null, model],
  });
  const asked = decodeVector(encodeVector(vector));
  return rows
    .map((row) => ({ key: keyOf(row), score: cosine(asked, decodeVector(row.embedding)) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, kept);
}
