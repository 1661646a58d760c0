import type pg from 'pg';
import { itemsInScope, type LanguageTerms, type Scope } from './scope.js';

/** More words than that are no question any more; the rarest would decide anyhow. */
const maxTerms = 40;

/**
 * Reads a query by each language that the owner's knowledge is in: small words fall away, the
 * others are brought to their stems.
 */
export async function readTerms(
  pool: pg.Pool,
  { userId, itemIds }: Scope,
  query: string,
): Promise<LanguageTerms[]> {
  const { rows } = await pool.query<LanguageTerms>({
    name: 'knowledge-terms',
    text: `SELECT language, sum(chunks)::int AS passages,
                  (SELECT coalesce(array_agg(lexeme ORDER BY positions[1]), '{}')
                     FROM unnest(to_tsvector(language::regconfig, $3))) AS terms
             FROM "KnowledgeItem" AS item WHERE ${itemsInScope} AND chunks > 0
            GROUP BY language`,
    values: [userId, itemIds ?? null, query],
  });
  return rows
    .map((row) => ({ ...row, terms: row.terms.slice(0, maxTerms) }))
    .filter(({ terms }) => terms.length > 0);
}
