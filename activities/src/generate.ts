import {
  type FoundPassage,
  type GenerateInput,
  type GenerateResult,
  type KnowledgeSource,
  limits,
  utf8Bytes,
} from '@crmflow/contracts';
import { Context } from '@temporalio/activity';
import { AiError } from './ai/ai-error.js';
import { answerValue } from './ai/answer-value.js';
import type { AiProvider, AiRequest, Line } from './ai/provider.js';
import { knowledgeInstruction, quotePassages } from './ai/quote-passages.js';
import { systemOf } from './ai/system-instruction.js';
import { type Attempt, type AttemptDeps, runAttempt } from './call/attempt.js';
import { CallError } from './call/call-error.js';
import { readPatiently } from './call/read-patiently.js';
import { type LookUp, sourcesOf } from './knowledge/look-up.js';
import { type ChunkPublisher, createChunkPublisher } from './live/chunk-publisher.js';
import { createTextCleaner } from './live/text-cleaner.js';

/** What `generate` needs. */
export type GenerateDeps = AttemptDeps & {
  provider: AiProvider;
  /** The run's messages with a `seq` up to `upToSeq`, oldest first. */
  readMessages: (runId: string, upToSeq: number) => Promise<Line[]>;
  /** The personality of the run's owner; '' where there is none. */
  readPersonality: (runId: string) => Promise<string>;
  lookUp: LookUp;
};

const silent: ChunkPublisher = {
  push: () => undefined,
  finish: () => Promise.resolve(),
  stop: () => undefined,
};

function publisherFor(deps: GenerateDeps, input: GenerateInput, attempt: number): ChunkPublisher {
  if (!input.stream) return silent;
  const { runId, nodeId, visit } = input;
  const { log } = Context.current();
  return createChunkPublisher({
    publish: (offset, text) =>
      deps.live(runId, 'ai:chunk', { nodeId, visit, attempt, offset, text }),
    onError: (error) => {
      log.warn('A chunk could not be sent to those who watch', { error });
    },
  });
}

/** Looked up by what the visitor said last, and by what the node's author asks. */
async function passagesFor(
  deps: GenerateDeps,
  { runId, knowledge, prompt }: GenerateInput,
  lines: readonly Line[],
  signal: AbortSignal,
): Promise<FoundPassage[]> {
  if (!knowledge) return [];
  const said = lines.findLast(({ role }) => role === 'user')?.text ?? '';
  const request = { runId, queries: [said, prompt], itemIds: knowledge.itemIds };
  return readPatiently(() => deps.lookUp(request, signal), signal);
}

async function requestOf(
  deps: GenerateDeps,
  input: GenerateInput,
  signal: AbortSignal,
): Promise<{ request: AiRequest; sources: KnowledgeSource[] }> {
  const { runId, prompt, model, temperature, schema } = input;
  const read = <T>(source: () => Promise<T>) => readPatiently(source, signal);
  const lines = await read(() => deps.readMessages(runId, input.upToSeq));
  const personality = input.usePersonality ? await read(() => deps.readPersonality(runId)) : '';
  const passages = await passagesFor(deps, input, lines, signal);
  const knowledge = quotePassages(passages);
  const system = [
    systemOf(input.purpose, input.system, personality),
    knowledge === '' ? '' : knowledgeInstruction,
  ].filter(Boolean);
  const request = {
    ...{ asker: { runId }, lines, prompt },
    ...(system.length > 0 && { system: system.join('\n\n') }),
    ...(knowledge !== '' && { knowledge }),
    ...(model !== undefined && { model }),
    ...(temperature !== undefined && { temperature }),
    ...(schema && { schema }),
  };
  return { request, sources: sourcesOf(passages) };
}

async function answer(
  deps: GenerateDeps,
  request: AiRequest,
  signal: AbortSignal,
  publisher: ChunkPublisher,
): Promise<GenerateResult> {
  const cleaner = createTextCleaner();
  let text = '';
  let bytes = 0;
  let end: Pick<GenerateResult, 'usage' | 'model'> | undefined;
  const add = (piece: string) => {
    text += piece;
    bytes += utf8Bytes(piece);
    if (bytes > limits.valueBytes) {
      const message = `The answer of the model is larger than ${limits.valueBytes / 1000} kB: ask for a shorter one.`;
      throw new CallError('value_too_large', message, { retryable: false });
    }
    if (piece !== '') publisher.push(piece);
  };
  for await (const piece of deps.provider.stream(request, signal)) {
    if ('text' in piece) add(cleaner.push(piece.text));
    else end = piece;
  }
  add(cleaner.end());
  if (text.trim() === '') throw new AiError('ai_empty', 'The model answered without any text.');
  if (!end) throw new AiError('ai_interrupted', 'The answer of the model broke off.');
  const value = request.schema && { value: answerValue(request.schema, text) };
  return { text, ...value, usage: end.usage, model: end.model, at: deps.now() };
}

/**
 * Makes the activity of ai and speak nodes: one answer of the model to the transcript, its tokens
 * streamed to those who watch while they come.
 *
 * It fails with the codes of `AiError`, `value_too_large` for an answer above 64 kB, or
 * `database_unavailable` where the transcript cannot be read.
 */
export function createGenerate(deps: GenerateDeps) {
  return (input: GenerateInput): Promise<GenerateResult> =>
    runAttempt(deps, input, async ({ number, signal }: Attempt) => {
      const publisher = publisherFor(deps, input, number);
      try {
        const { request, sources } = await requestOf(deps, input, signal);
        const result = await answer(deps, request, signal, publisher);
        await publisher.finish();
        return { ...result, ...(input.knowledge && { sources }) };
      } finally {
        publisher.stop();
      }
    });
}
