import type { FoundPassage, GenerateInput, KnowledgeSource } from '@crmflow/contracts';
import type { AiRequest, Line } from './ai/provider.js';
import { quotePassages } from './ai/quote-passages.js';
import { situationOf, systemOf } from './ai/system-instruction.js';
import { readWithRetry } from './call/read-with-retry.js';
import { type LookUp, questionOf, sourcesOf } from './knowledge/look-up.js';

/** What a request is made from. */
export type PrepareDeps = {
  /** The run's messages with a `seq` up to `upToSeq`, oldest first. */
  readMessages: (runId: string, upToSeq: number) => Promise<Line[]>;
  /** The personality of the run's owner; '' where there is none. */
  readPersonality: (runId: string) => Promise<string>;
  lookUp: LookUp;
  now: () => number;
};

async function passagesFor(
  deps: PrepareDeps,
  { runId, knowledge, prompt, leading }: GenerateInput,
  lines: readonly Line[],
  signal: AbortSignal,
): Promise<FoundPassage[]> {
  if (!knowledge) return [];
  const question = questionOf(lines, [leading?.goal ?? prompt]);
  const request = { runId, ...question, itemIds: knowledge.itemIds };
  return readWithRetry(() => deps.lookUp(request, signal), signal);
}

/** How a conversation that the model leads goes on; a turn of the model has to follow the user's. */
const begin = 'The visitor is here and waits for you: go on.';

function promptOf({ leading, prompt }: GenerateInput, lines: readonly Line[]): string {
  if (!leading) return prompt;
  return lines.at(-1)?.role === 'user' ? '' : begin;
}

/**
 * What a call asks the model, and where the passages in it are from.
 * @throws CallError `database_unavailable`
 */
export async function prepareRequest(
  deps: PrepareDeps,
  input: GenerateInput,
  signal: AbortSignal,
): Promise<{ request: AiRequest; sources: KnowledgeSource[] }> {
  const { runId, model, temperature, schema, functions, exchanges, mustAnswer } = input;
  const read = <T>(source: () => Promise<T>) => readWithRetry(source, signal);
  const lines = await read(() => deps.readMessages(runId, input.upToSeq));
  const personality = input.usePersonality ? await read(() => deps.readPersonality(runId)) : '';
  const passages = await passagesFor(deps, input, lines, signal);
  const knowledge = quotePassages(passages);
  const system = systemOf(input, personality);
  const request = {
    ...{ keyOwner: { runId }, lines, prompt: promptOf(input, lines) },
    ...(system !== '' && { system }),
    situation: situationOf(input, deps.now()),
    ...(knowledge !== '' && { knowledge }),
    ...(model !== undefined && { model }),
    ...(temperature !== undefined && { temperature }),
    ...(schema && { schema }),
    ...(functions && { functions }),
    ...(exchanges && { exchanges }),
    ...(mustAnswer && { mustAnswer }),
  };
  return { request, sources: sourcesOf(passages) };
}
