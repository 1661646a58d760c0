import type { FoundKnowledge, FoundPassage } from '@crmflow/contracts';
import type pg from 'pg';
import { type Embed, noModelNotice } from './embed.js';
import { fuse, type Ranked } from './fuse.js';
import { rankByMeaning } from './rank-by-meaning.js';
import { rankByWords, sharedWords } from './rank-by-words.js';
import { keyOf, type Scope, type Weighted } from './scope.js';
import { tokensOf } from './tokens.js';
import { sumOf } from './vector.js';

/** What retrieval needs; without `embed` it is by words alone. */
export type RetrieveDeps = { pool: pg.Pool; embed?: Embed | undefined };

/** What is looked for, and how much of it is wanted. */
export type RetrieveRequest = Scope & {
  /** What is asked, in one way or several. */
  queries: readonly string[];
  /** What the question follows, which it may leave unsaid: less weighty than the question. */
  context?: readonly Weighted[];
  limit: number;
  /** What the passages may have in all; each is whole or left out. */
  maxTokens?: number;
  signal?: AbortSignal;
};

type Meanings = { ranking: Ranked[]; notice?: string };

async function rankMeaning(
  { pool, embed }: RetrieveDeps,
  queries: readonly Weighted[],
  { workspaceId, itemIds, signal }: RetrieveRequest,
): Promise<Meanings> {
  if (!embed || queries.length === 0) {
    return { ranking: [], ...(!embed && { notice: noModelNotice }) };
  }
  try {
    const texts = queries.map(({ text }) => text);
    const answer = await embed(texts, { workspaceId, task: 'query', ...(signal && { signal }) });
    if ('notice' in answer) return { ranking: [], notice: answer.notice };
    const { model, vectors } = answer;
    const vector = sumOf(vectors, (index) => queries[index]?.weight ?? 0);
    const ranking = await rankByMeaning(pool, { workspaceId, itemIds }, { model, vector });
    if (ranking.length > 0) return { ranking };
    return {
      ranking,
      notice:
        'The sources have no embeddings of this model yet, so passages are found by words only.',
    };
  } catch (error) {
    signal?.throwIfAborted();
    // Words alone are better than no answer; whoever asked is told.
    const why = error instanceof Error ? error.message : String(error);
    return { ranking: [], notice: `Passages are found by words only: ${why}` };
  }
}

async function readPassages(pool: pg.Pool, ranked: readonly Ranked[]): Promise<FoundPassage[]> {
  const { rows } = await pool.query<
    Omit<FoundPassage, 'score' | 'url' | 'page' | 'heading'> & {
      [Key in 'url' | 'page' | 'heading']: FoundPassage[Key] | null;
    }
  >({
    name: 'knowledge-passages',
    text: `SELECT "itemId", index, text, heading, page, name, type, url
             FROM unnest($1::text[]) AS given (key)
             JOIN "KnowledgeItem" AS item ON item.id = split_part(key, ':', 1)
             JOIN "KnowledgePassage" AS passage ON "itemId" = item.id
              AND passage.generation = item.generation AND index = split_part(key, ':', 2)::int`,
    values: [ranked.map(({ key }) => key)],
  });
  const found = new Map(rows.map((row) => [keyOf(row), row]));
  return ranked.flatMap(({ key, score }) => {
    const row = found.get(key);
    if (!row) return [];
    const { url, page, heading, ...rest } = row;
    return [
      {
        ...rest,
        ...(url !== null && { url }),
        ...(page !== null && { page }),
        ...(heading !== null && { heading }),
        score: Math.round(score * 10_000) / 10_000,
      },
    ];
  });
}

function withinBudget(passages: readonly FoundPassage[], maxTokens: number): FoundPassage[] {
  let left = maxTokens;
  return passages.filter(({ text }) => {
    const tokens = tokensOf(text);
    if (tokens > left) return false;
    left -= tokens;
    return true;
  });
}

/**
 * Finds the passages of a workspace's enabled knowledge that answer a question: by words (full text
 * with stems), and if there is a key by meaning too, the rankings joined by rank. The search, the
 * preview and ai nodes all use it.
 */
export async function retrieve(
  deps: RetrieveDeps,
  request: RetrieveRequest,
): Promise<FoundKnowledge> {
  const { workspaceId, itemIds, limit, maxTokens = Infinity, context = [] } = request;
  const asked = request.queries.map((text) => ({ text, weight: 1 }));
  const queries = [...asked, ...context].filter(({ text }) => text.trim() !== '');
  const [words, { ranking, notice }] = await Promise.all([
    rankByWords(deps.pool, { workspaceId, itemIds }, queries),
    rankMeaning(deps, queries, request),
  ]);
  const isHybrid = ranking.length > 0;
  // Words are trusted as far as they say what was asked, meaning always (ADR 50).
  const byWords = { ranking: words, weight: isHybrid ? sharedWords(words) : 1 };
  const best = fuse(isHybrid ? [byWords, { ranking, weight: 1 }] : [byWords]).slice(0, limit);
  return {
    passages: withinBudget(await readPassages(deps.pool, best), maxTokens),
    mode: isHybrid ? 'hybrid' : 'text',
    ...(notice !== undefined && { notice }),
  };
}
