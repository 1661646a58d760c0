import { type FoundPassage, type KnowledgeSource, limits } from '@crmflow/contracts';
import { retrieve, type RetrieveDeps } from '@crmflow/db';

/** What a node looks up: for the owner of its run, in these items or in all. */
export type LookUpRequest = {
  runId: string;
  queries: readonly string[];
  itemIds?: readonly string[] | undefined;
};

/** Finds the passages that a node is given; the best first. */
export type LookUp = (request: LookUpRequest, signal: AbortSignal) => Promise<FoundPassage[]>;

const passages = 8;
/** Beside the conversation: every model that can be chosen takes a multiple of both. */
const maxTokens = 6_000;

/** Makes what looks up passages: the same retrieval as that of the search over REST. */
export function createLookUp({ pool, embed }: RetrieveDeps): LookUp {
  return async ({ runId, queries, itemIds }, signal) => {
    const { rows } = await pool.query<{ workspaceId: string }>({
      name: 'owner-of-run',
      text: 'SELECT "workspaceId" FROM "Run" WHERE id = $1',
      values: [runId],
    });
    const [owner] = rows;
    if (!owner) return [];
    const asked = queries.map((query) => query.slice(0, limits.knowledgeQueryLength));
    const request = { ...owner, itemIds, queries: asked, limit: passages, maxTokens, signal };
    return (await retrieve({ pool, embed }, request)).passages;
  };
}

/** Where passages are from, each place once. */
export function sourcesOf(found: readonly FoundPassage[]): KnowledgeSource[] {
  const sources = found.map(({ itemId, name, url, page, heading }): KnowledgeSource => ({
    ...{ itemId, name },
    ...(url !== undefined && { url }),
    ...(page !== undefined && { page }),
    ...(heading !== undefined && { heading }),
  }));
  return [...new Map(sources.map((source) => [JSON.stringify(source), source])).values()];
}
