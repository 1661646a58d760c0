import { type FoundPassage, type KnowledgeSource, limits } from '@crmflow/contracts';
import { retrieve, type RetrieveDeps, type RetrieveRequest } from '@crmflow/db';
import type { Line } from '../ai/provider.js';

/** What a node looks up: for the owner of its run, in these items or in all. */
export type LookUpRequest = Pick<RetrieveRequest, 'queries' | 'context' | 'itemIds'> & {
  runId: string;
};

/** Finds the passages that a node is given; the best first. */
export type LookUp = (request: LookUpRequest, signal: AbortSignal) => Promise<FoundPassage[]>;

const passages = 8;
/** Beside the conversation: every model that can be chosen takes a multiple of both. */
const maxTokens = 6_000;

const cut = (query: string) => query.slice(0, limits.knowledgeQueryLength);

/** What earlier turns of the visitor count, the newest of them first. */
const earlierWeights = [0.4, 0.2];
/** Of the flow's last turn the end is read: a question stands there. */
const answeredCharacters = 300;
/** What it counts at most. The longer a reply is, the more it says by itself: with so much, all. */
const answeredWeight = 0.2;
const wholeReply = 50;

type Side = { isVisitor: boolean; text: string };

/** Neighbouring messages of one side are one turn. */
function turnsOf(lines: readonly Line[]): Side[] {
  const turns: Side[] = [];
  for (const { role, text } of lines) {
    const isVisitor = role === 'user';
    const last = turns.at(-1);
    if (text.trim() === '') continue;
    if (last?.isVisitor === isVisitor) last.text += `\n${text}`;
    else turns.push({ isVisitor, text });
  }
  return turns;
}

const answeredBy = (reply: string, text: string) => ({
  text: text.slice(-answeredCharacters),
  weight: answeredWeight * Math.max(0, 1 - reply.length / wholeReply),
});

/**
 * What is looked up for an answer: what the visitor said last. What that answers to and what they
 * said before comes with it, since a question may leave unsaid what it is about ("and per year?").
 * @param otherwise what is asked where the visitor has said nothing
 */
export function questionOf(
  lines: readonly Line[],
  otherwise: readonly string[],
): Pick<LookUpRequest, 'queries' | 'context'> {
  const turns = turnsOf(lines);
  const newest = turns.findLastIndex(({ isVisitor }) => isVisitor);
  const question = turns[newest];
  if (!question) return { queries: otherwise };
  const before = turns.slice(0, newest).reverse();
  const earlier = before.filter(({ isVisitor }) => isVisitor).slice(0, earlierWeights.length);
  const [flow] = before;
  return {
    queries: [question.text],
    context: [
      ...earlier.map(({ text }, at) => ({ text, weight: earlierWeights[at] ?? 0 })),
      ...(flow ? [answeredBy(question.text, flow.text)] : []),
    ],
  };
}

/** Makes what looks up passages: the same retrieval as that of the search over REST. */
export function createLookUp({ pool, embed }: RetrieveDeps): LookUp {
  return async ({ runId, queries, context = [], itemIds }, signal) => {
    const { rows } = await pool.query<{ workspaceId: string }>({
      name: 'owner-of-run',
      text: 'SELECT "workspaceId" FROM "Run" WHERE id = $1',
      values: [runId],
    });
    const [owner] = rows;
    if (!owner) return [];
    const asked = {
      queries: queries.map(cut),
      context: context.map(({ text, weight }) => ({ text: cut(text), weight })),
    };
    const request = { ...owner, itemIds, ...asked, limit: passages, maxTokens, signal };
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
