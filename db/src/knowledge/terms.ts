import type pg from 'pg';
import { queriedWords } from './search-words.js';
import { readSynonyms } from './synonyms.js';
import { itemsInScope, type LanguageTerms, type Scope, type Weighted } from './scope.js';

/** More words than that are no question any more; the rarest would decide anyhow. */
const maxTerms = 40;

/**
 * Reads queries by each language that the workspace's knowledge is in: small words fall away, the
 * others are brought to their stems, and with them come those that mean the same. A word counts as
 * much as the weightiest query that has it.
 */
export async function readTerms(
  pool: pg.Pool,
  { workspaceId, itemIds }: Scope,
  queries: readonly Weighted[],
): Promise<LanguageTerms[]> {
  const synonyms = await readSynonyms(pool);
  const { rows } = await pool.query<LanguageTerms>({
    name: 'knowledge-terms',
    text: `WITH asked AS (SELECT * FROM unnest($3::text[], $4::real[]) AS asked (words, weight))
           SELECT language, sum(chunks)::int AS passages,
                  (SELECT coalesce(jsonb_agg(term ORDER BY term.weight DESC, term.place), '[]')
                     FROM (SELECT lexeme AS text, max(weight) AS weight, min(positions[1]) AS place
                             FROM asked, unnest(to_tsvector(language::regconfig, words))
                            GROUP BY lexeme) AS term) AS terms,
                  (SELECT coalesce(jsonb_agg(synonym), '[]')
                     FROM (SELECT query AS text, max(weight) AS weight
                             FROM asked,
                                  jsonb_array_elements_text(coalesce($5::jsonb->language, '[]')) AS query
                            WHERE to_tsvector(language::regconfig, words) @@ query::tsquery
                            GROUP BY query) AS synonym) AS groups
             FROM "KnowledgeItem" AS item WHERE ${itemsInScope} AND chunks > 0
            GROUP BY language`,
    values: [
      workspaceId,
      itemIds ?? null,
      queries.map(({ text }) => queriedWords(text)),
      queries.map(({ weight }) => weight),
      JSON.stringify(synonyms),
    ],
  });
  return rows
    .map(({ terms, groups, ...row }) => ({
      ...row,
      terms: terms.slice(0, maxTerms),
      groups: groups.slice(0, maxTerms),
    }))
    .filter(({ terms }) => terms.length > 0);
}
