import type pg from 'pg';
import type { Ranked } from './fuse.js';
import { itemsInScope, keyOf, type Scope } from './scope.js';
import { cosine, decodeVector, encodeVector, signsOf } from './vector.js';

const kept = 50;
/** How many of the nearest by signs are compared exactly: all, with as few. */
const compared = 500;

type Row = { itemId: string; index: number; embedding: Buffer };

/**
 * The passages by how near their meaning is to that of a query, the nearest first. PostgreSQL
 * compares the signs of all vectors, which are small and quick; of the nearest by these, the cosine
 * says exactly. Reading every vector would hold up the process: 20,000 are 60 MB.
 * @param model passages of another model's meanings are left out
 */
export async function rankByMeaning(
  pool: pg.Pool,
  { workspaceId, itemIds }: Scope,
  { model, vector }: { model: string; vector: readonly number[] },
): Promise<Ranked[]> {
  const { rows } = await pool.query<Row>({
    name: 'knowledge-meanings',
    text: `SELECT "itemId", index, embedding FROM "KnowledgePassage" AS passage
             JOIN "KnowledgeItem" AS item
               ON item.id = "itemId" AND item.generation = passage.generation
            WHERE ${itemsInScope} AND passage."workspaceId" = $1 AND "embeddedBy" = $3
            ORDER BY CASE WHEN length(signs) = length($4::varbit)
                          THEN bit_count(signs # $4::varbit) END
            LIMIT ${compared}`,
    values: [workspaceId, itemIds ?? null, model, signsOf(vector)],
  });
  const asked = decodeVector(encodeVector(vector));
  return rows
    .map((row) => ({ key: keyOf(row), score: cosine(asked, decodeVector(row.embedding)) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, kept);
}
