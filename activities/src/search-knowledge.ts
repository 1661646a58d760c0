import type { SearchKnowledgeInput, SearchKnowledgeResult } from '@crmflow/contracts';
import { type AttemptDeps, runAttempt } from './call/attempt.js';
import { readWithRetry } from './call/read-with-retry.js';
import { questionOf, sourcesOf } from './knowledge/look-up.js';
import type { PrepareDeps } from './prepare-request.js';

/** What `searchKnowledge` needs. */
export type SearchKnowledgeDeps = AttemptDeps & Pick<PrepareDeps, 'lookUp' | 'readMessages'>;

/**
 * Makes the activity by which ai nodes look passages up outside of an answer: for a model that
 * asks for them, or to stand in where none answers. It needs no model.
 *
 * It fails with `database_unavailable`.
 */
export function createSearchKnowledge(deps: SearchKnowledgeDeps) {
  return (input: SearchKnowledgeInput): Promise<SearchKnowledgeResult> =>
    runAttempt(deps, input, async ({ signal }) => {
      const { runId, queries, itemIds, upToSeq } = input;
      const found = await readWithRetry(async () => {
        const lines = upToSeq === undefined ? [] : await deps.readMessages(runId, upToSeq);
        return deps.lookUp({ runId, ...questionOf(lines, queries), itemIds }, signal);
      }, signal);
      const passages = found.map(({ name, text, url, page, heading }) => ({
        ...{ name, text },
        ...(url !== undefined && { url }),
        ...(page !== undefined && { page }),
        ...(heading !== undefined && { heading }),
      }));
      return { passages, sources: sourcesOf(found), at: deps.now() };
    });
}
