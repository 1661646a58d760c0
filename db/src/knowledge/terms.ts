import type pg from 'pg';
import { queriedWords } from './search-words.js';
import { readSynonyms } from './synonyms.js';
import { itemsInScope, type LanguageTerms, type Scope } from './scope.js';

/** More words than that are no question any more; the rarest would decide anyhow. */
const maxTerms = 40;

/**
 * Reads a query by each language that the workspace's knowledge is in: small words fall away, the
 * others are brought to their stems, and with them come those that mean the same.
 */
export async function readTerms(
  pool: pg.Pool,
  { workspaceId, itemIds }: Scope,
  query: string,
): Promise<LanguageTerms[]> {
  const synonyms = await readSynonyms(pool);
  const { rows } = await pool.query<LanguageTerms>({
    name: 'knowledge-terms',
    text: `SELECT language, sum(chunks)::int AS passages,
                  (SELECT coalesce(array_agg(lexeme ORDER BY positions[1]), '{}')
                     FROM unnest(to_tsvector(language::regconfig, $3))) AS terms,
                  (SELECT coalesce(array_agg(query), '{}')
                     FROM jsonb_array_elements_text(coalesce($4::jsonb->language, '[]')) AS query
                    WHERE to_tsvector(language::regconfig, $3) @@ query::tsquery) AS groups
             FROM "KnowledgeItem" AS item WHERE ${itemsInScope} AND chunks > 0
            GROUP BY language`,
    values: [workspaceId, itemIds ?? null, queriedWords(query), JSON.stringify(synonyms)],
  });
  return rows
    .map(({ terms, groups, ...row }) => ({
      ...row,
      terms: terms.slice(0, maxTerms),
      groups: groups.slice(0, maxTerms),
    }))
    .filter(({ terms }) => terms.length > 0);
}
