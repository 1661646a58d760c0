import type { KnowledgeLanguage } from '@crmflow/contracts';
import type pg from 'pg';
import type { Ranked } from './fuse.js';
import { itemsInScope, keyOf, type LanguageTerms, type Scope, type Weighted } from './scope.js';
import { isBeginning } from './search-words.js';
import { readTerms } from './terms.js';

const kept = 50;
/** What is weaker than this share of the best has a word in common by chance. */
const floor = 0.2;
/** Weights of D, C, B, A: the text and its headings. */
const weights = '{0.6, 0.6, 0.6, 1}';
/** What `ts_rank` gives a word that stands in a passage once. */
const single = 0.365;
/** How much a passage's length counts; they differ little. */
const lengthShare = 0.3;

/** Languages that write compounds as one word, of which a query often has the first part. */
const compounding: ReadonlySet<KnowledgeLanguage> = new Set<KnowledgeLanguage>([
  ...(['danish', 'dutch', 'finnish', 'german', 'hungarian', 'norwegian', 'swedish'] as const),
]);
const minPrefix = 5;

/** A lexeme as a tsquery has it. */
function quoted(term: string, language: KnowledgeLanguage): string {
  const isOpen = (compounding.has(language) && term.length >= minPrefix) || isBeginning(term);
  return `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'${isOpen ? ':*' : ''}`;
}

/** What a synonym counts: less than the word itself, which counts as a member of its group too. */
const synonymShare = 0.5;

/**
 * The statement that ranks by so many words and groups of synonyms: each counts by how rare it is
 * among the workspace's passages (as in BM25) and by the weight of its query, a word also by how often and where it stands in the
 * passage (`ts_rank` of that word alone, which saturates as BM25 does). What was found is unpacked
 * once, by a concatenation with nothing: otherwise each function unpacks it again.
 */
function statementFor(terms: number, groups: number): string {
  const all = Array.from({ length: terms + groups }, (_, index) => index);
  const ranks = all.map((n) =>
    n < terms
      ? `ts_rank('${weights}', search, $${n + 7}::tsquery) AS r${n}`
      : `CASE WHEN search @@ $${n + 7}::tsquery THEN ${synonymShare * single}::real ELSE 0 END AS r${n}`,
  );
  const idfs = all.map(
    (n) =>
      `($6::real[])[${n + 1}] * ln(1 + ($4 - least($4, count(*) FILTER (WHERE r${n} > 0)) + 0.5) / (count(*) FILTER (WHERE r${n} > 0) + 0.5)) AS w${n}`,
  );
  const sum = all.map((n) => `r${n} * w${n}`).join(' + ');
  const ideal = all.slice(0, terms).map((n) => `w${n}`);
  return `WITH candidate AS MATERIALIZED (
      SELECT "itemId", generation, index, search FROM "KnowledgePassage"
       WHERE "workspaceId" = $1 AND search @@ $5::tsquery),
    found AS MATERIALIZED (
      SELECT "itemId", index, search || ''::tsvector AS search
        FROM candidate JOIN "KnowledgeItem" AS item
          ON item.id = "itemId" AND item.generation = candidate.generation
       WHERE ${itemsInScope} AND item.language = $3),
    hit AS MATERIALIZED (
      SELECT "itemId", index, length(search) AS words, ${ranks.join(', ')} FROM found),
    weight AS MATERIALIZED (SELECT avg(words) AS usual, ${idfs.join(', ')} FROM hit)
    SELECT "itemId", index,
           (${sum}) / (${ideal.join(' + ')}) / (${1 - lengthShare} + ${lengthShare} * words / usual) AS score
      FROM hit, weight ORDER BY score DESC, "itemId", index LIMIT ${kept}`;
}

async function rankIn(
  pool: pg.Pool,
  { workspaceId, itemIds }: Scope,
  { language, passages, terms, groups }: LanguageTerms,
): Promise<Ranked[]> {
  const all = [...terms, ...groups];
  const queries = all.map(({ text }, n) => (n < terms.length ? quoted(text, language) : text));
  const { rows } = await pool.query<{ itemId: string; index: number; score: number }>({
    name: `knowledge-words-${terms.length}-${groups.length}`,
    text: statementFor(terms.length, groups.length),
    values: [
      ...[workspaceId, itemIds ?? null, language, passages, queries.join(' | ')],
      ...[all.map(({ weight }) => weight), ...queries],
    ],
  });
  return rows.map((row) => ({ key: keyOf(row), score: Math.min(1, row.score) }));
}

/**
 * How much of what is asked stands in the best of a ranking by words, from 0 to 1: all of it where
 * somebody looks for an error message, little where they put it in words of their own.
 */
export const sharedWords = (ranking: readonly Ranked[]): number =>
  Math.min(1, (ranking[0]?.score ?? 0) / single);

/** The passages that have words of the queries, by how much these say; the best first. */
export async function rankByWords(
  pool: pg.Pool,
  scope: Scope,
  queries: readonly Weighted[],
): Promise<Ranked[]> {
  const languages = await readTerms(pool, scope, queries);
  const rankings = await Promise.all(languages.map((terms) => rankIn(pool, scope, terms)));
  const all = rankings.flat().sort((a, b) => b.score - a.score);
  const least = floor * (all[0]?.score ?? 0);
  return all.filter(({ score }) => score >= least).slice(0, kept);
}
