import { type GenerateInput, type GenerateResult, limits, utf8Bytes } from '@crmflow/contracts';
import { Context } from '@temporalio/activity';
import { AiError } from './ai/ai-error.js';
import { answerValue } from './ai/answer-value.js';
import type { AiProvider, AiRequest, AnswerEnd } from './ai/provider.js';
import { readCalls } from './ai/read-calls.js';
import { type Attempt, type AttemptDeps, runAttempt } from './call/attempt.js';
import { CallError } from './call/call-error.js';
import { createDeadline } from './call/deadline.js';
import { prepareRequest, type PrepareDeps } from './prepare-request.js';
import { type ChunkPublisher, createChunkPublisher, createTextCleaner } from './streamed-text.js';

/** What `generate` needs. */
export type GenerateDeps = AttemptDeps & PrepareDeps & { provider: AiProvider };

const silent: ChunkPublisher = {
  push: () => undefined,
  finish: () => Promise.resolve(),
  stop: () => undefined,
};

/** More than a call can have: retried for a week, it comes to some 2,000. */
const attemptsOfCall = 10_000;

/** Those who watch keep the text of the highest attempt: that of a later call is above all before. */
const attemptOverCalls = ({ call = 1 }: GenerateInput, number: number) =>
  (call - 1) * attemptsOfCall + number;

function publisherFor(deps: GenerateDeps, input: GenerateInput, number: number): ChunkPublisher {
  if (!input.stream) return silent;
  const { runId, nodeId, visit } = input;
  const attempt = attemptOverCalls(input, number);
  const { log } = Context.current();
  return createChunkPublisher({
    publish: (offset, text) =>
      deps.live(runId, { event: 'ai:chunk', data: { nodeId, visit, attempt, offset, text } }),
    onError: (error) => {
      log.warn('A chunk could not be published', { error });
    },
  });
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
  let end: AnswerEnd | undefined;
  const add = (piece: string) => {
    text += piece;
    bytes += utf8Bytes(piece);
    if (bytes > limits.valueBytes) {
      const message = `The response of the model is larger than ${limits.valueBytes / 1000} kB. Ask for a shorter one.`;
      throw new CallError('value_too_large', message, { retryable: false });
    }
    if (piece !== '') publisher.push(piece);
  };
  for await (const piece of deps.provider.stream(request, signal)) {
    if ('text' in piece) add(cleaner.push(piece.text));
    else end = piece;
  }
  add(cleaner.end());
  if (!end) throw new AiError('ai_interrupted', 'The response of the model was interrupted.');
  const { usage, model, turn = null } = end;
  const calls = request.mustAnswer ? [] : readCalls(end, request.functions ?? []);
  const result = { text, usage, model, at: deps.now() };
  if (calls.length > 0) return { ...result, calls, turn };
  if (text.trim() === '') throw new AiError('ai_empty', 'The model returned no text.');
  return { ...result, ...(request.schema && { value: answerValue(request.schema, text) }) };
}

const tooSlow = (timeoutMs: number) =>
  new AiError(
    'ai_unavailable',
    `The model did not complete its response in ${timeoutMs / 1000} s.`,
  );

/**
 * Makes the activity of ai and speak nodes: one answer of the model to the transcript, its tokens
 * streamed to those who watch while they come, or the functions that it wants called before.
 *
 * It fails with the codes of `AiError`, `value_too_large` for an answer above 64 kB, or
 * `database_unavailable` where the transcript cannot be read.
 */
export function createGenerate(deps: GenerateDeps) {
  return (input: GenerateInput): Promise<GenerateResult> =>
    runAttempt(deps, input, async ({ number, signal }: Attempt) => {
      const { timeoutMs = limits.attemptMs } = input;
      const publisher = publisherFor(deps, input, number);
      const deadline = createDeadline(timeoutMs, signal);
      try {
        const { request, sources } = await prepareRequest(deps, input, signal);
        const result = await answer(deps, request, deadline.signal, publisher);
        await publisher.finish();
        return { ...result, ...(input.knowledge && { sources }) };
      } catch (error) {
        throw deadline.expired() && !signal.aborted ? tooSlow(timeoutMs) : error;
      } finally {
        deadline.end();
        publisher.stop();
      }
    });
}
