import {
  chunkAttempt,
  type GenerateInput,
  type GenerateResult,
  limits,
  type Usage,
  utf8Bytes,
} from '@crmflow/contracts';
import { Context } from '@temporalio/activity';
import { AiError } from './ai/ai-error.js';
import { answerValue, isCut, SchemaMismatch } from './ai/answer-value.js';
import { countedBy, type ReserveForDeployment } from './ai/deployment-budget.js';
import type { AiProvider, AiRequest, AnswerEnd } from './ai/provider.js';
import { readCalls } from './ai/read-calls.js';
import { type Attempt, type AttemptDeps, runAttempt } from './call/attempt.js';
import { CallError } from './call/call-error.js';
import { createDeadline } from './call/deadline.js';
import { prepareRequest, type PrepareDeps } from './prepare-request.js';
import { type ChunkPublisher, createChunkPublisher, createTextCleaner } from './streamed-text.js';

/** What `generate` needs. */
export type GenerateDeps = AttemptDeps &
  PrepareDeps & { provider: AiProvider; reserveForDeployment: ReserveForDeployment };

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
  const { usage, model, finishReason, turn = null } = end;
  const calls = request.mustAnswer ? [] : readCalls(end, request.functions ?? []);
  const result = { text, usage, model, finishReason, at: deps.now() };
  if (calls.length > 0) return { ...result, calls, turn };
  if (text.trim() === '') {
    if (isCut(end)) throw new AiError('ai_truncated', onlyThought);
    throw new AiError('ai_empty', 'The model returned no text.');
  }
  if (!request.schema) return result;
  try {
    return { ...result, value: answerValue(request.schema, text, end) };
  } catch (error) {
    throw error instanceof SchemaMismatch ? new Unfit(error, text, usage) : error;
  }
}

/** An answer that is whole and does not fit; what it said and used is wanted for the next one. */
class Unfit extends Error {
  constructor(
    readonly mismatch: SchemaMismatch,
    readonly answer: string,
    readonly usage: Usage,
  ) {
    super(mismatch.message);
  }
}

const onlyThought =
  'The model reached its limit of tokens before it wrote any text. Ask for less, or choose another model.';

/** What models of today may write at most. */
const mostTokens = 65_536;

/** What was answered, or why it is of no use where asking once more in another way may help. */
async function orHopeful(
  asked: Promise<GenerateResult>,
): Promise<GenerateResult | AiError | Unfit> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Unfit) return error;
    if (error instanceof AiError && error.code === 'ai_truncated') return error;
    throw error;
  }
}

/**
 * One answer; where it was cut at a limit, a second one with the highest limit, and where it does not
 * fit, a second one that knows why: once. What the model then refuses leaves the first one as it is.
 */
async function wholeAnswer(
  deps: GenerateDeps,
  request: AiRequest,
  signal: AbortSignal,
  publisherOf: (isSecond: boolean) => ChunkPublisher,
): Promise<GenerateResult> {
  const ask = async (asked: AiRequest, isSecond: boolean) => {
    const publisher = publisherOf(isSecond);
    try {
      const result = await answer(deps, asked, signal, publisher);
      await publisher.finish();
      return result;
    } finally {
      publisher.stop();
    }
  };
  const first = await orHopeful(ask(request, false));
  const isError = first instanceof Error;
  if (!isError && !isCut(first)) return first;
  const more =
    first instanceof Unfit
      ? { correction: { answer: first.answer, fault: first.mismatch.fault } }
      : { maxTokens: mostTokens };
  try {
    const second = await ask({ ...request, ...more }, true);
    return 'usage' in first ? { ...second, usage: sumOf(first.usage, second.usage) } : second;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Unfit) throw error.mismatch;
    if (!(error instanceof AiError) || error.code !== 'ai_bad_request') throw error;
    if (isError) throw first instanceof Unfit ? first.mismatch : first;
    return first;
  }
}

function sumOf(a: Usage, b: Usage): Usage {
  const costUsd = (a.costUsd ?? 0) + (b.costUsd ?? 0);
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    ...((a.costUsd ?? b.costUsd) !== undefined && { costUsd }),
  };
}

/** What says nothing so often says nothing again, and each time is paid for. */
const mostWrong = 3;

function withoutHope(error: unknown, attempt: number): unknown {
  const isEmpty = error instanceof AiError && error.code === 'ai_empty';
  if (!isEmpty || attempt < mostWrong) return error;
  return new CallError(error.code, error.message, { retryable: false });
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
 * `database_unavailable` where the transcript cannot be read. Before anything is looked up or asked,
 * the tokens are counted for the deployment of the run.
 */
export function createGenerate(deps: GenerateDeps) {
  return (input: GenerateInput): Promise<GenerateResult> =>
    runAttempt(deps, input, async ({ number, signal }: Attempt) => {
      const { timeoutMs = limits.attemptMs, call = 1 } = input;
      const publisherOf = (isSecond: boolean) =>
        publisherFor(deps, input, chunkAttempt(call, number, isSecond));
      const deadline = createDeadline(timeoutMs, signal);
      try {
        const reservation = await deps.reserveForDeployment(input.runId);
        return await countedBy(reservation, async () => {
          const { request, sources } = await prepareRequest(deps, input, signal);
          const result = await wholeAnswer(deps, request, deadline.signal, publisherOf);
          return { ...result, ...(input.knowledge && { sources }) };
        });
      } catch (error) {
        throw deadline.expired() && !signal.aborted
          ? tooSlow(timeoutMs)
          : withoutHope(error, number);
      } finally {
        deadline.end();
      }
    });
}
