import { type GenerateContentRequest, GoogleGenerativeAI } from '@google/generative-ai';
import { createDeadline } from '../call/deadline.js';
import { AiError } from './ai-error.js';
import { createAnswerReader, type GeminiEvent } from './gemini-answer.js';
import { toAiError } from './gemini-error.js';
import { toGeminiContents } from './gemini-turns.js';
import type { AiProvider, AiRequest } from './provider.js';

const silenceMs = 60_000;

/** What the provider needs. */
export type GeminiDeps = {
  /** The key to use for a run; undefined where there is none. */
  apiKey: (runId: string) => Promise<string | undefined>;
  /** Google's own where it is missing. */
  baseUrl?: string;
  /** For nodes that name no model. */
  model: string;
  /** How long nothing may come before the call is given up, in milliseconds. */
  silenceMs?: number;
};

function toGeminiRequest(request: AiRequest): GenerateContentRequest {
  return {
    contents: toGeminiContents(request.lines, request.prompt),
    ...(request.system && { systemInstruction: request.system }),
    ...(request.temperature !== undefined && {
      generationConfig: { temperature: request.temperature },
    }),
  };
}

/** Makes the provider for Gemini, over Google's own client. */
export function createGemini(deps: GeminiDeps): AiProvider {
  const patienceMs = deps.silenceMs ?? silenceMs;

  async function open(request: AiRequest, signal: AbortSignal) {
    const key = await deps.apiKey(request.runId);
    if (!key) {
      throw new AiError('ai_key_missing', 'There is no key for Gemini: set GEMINI_API_KEY.');
    }
    signal.throwIfAborted();
    const model = new GoogleGenerativeAI(key).getGenerativeModel(
      { model: request.model ?? deps.model },
      deps.baseUrl ? { baseUrl: deps.baseUrl.replace(/\/+$/, '') } : {},
    );
    const { stream, response } = await model.generateContentStream(toGeminiRequest(request), {
      signal,
    });
    // The client gathers the whole answer a second time; where the stream breaks, this breaks too.
    response.catch(() => undefined);
    return stream as AsyncIterable<GeminiEvent>;
  }

  return {
    async *stream(request, signal) {
      const deadline = createDeadline(patienceMs, signal);
      const reader = createAnswerReader();
      try {
        for await (const event of await open(request, deadline.signal)) {
          deadline.extend();
          const text = reader.read(event);
          if (text !== '') yield { text };
        }
      } catch (error) {
        signal.throwIfAborted();
        if (!deadline.expired()) throw toAiError(error);
        throw new AiError('ai_unavailable', `Gemini was silent for ${patienceMs / 1000} s.`);
      } finally {
        // Ends the connection where the answer was not read to its end.
        deadline.end();
      }
      const { usage, model, finished } = reader.end();
      if (!finished) {
        throw new AiError('ai_interrupted', 'The answer of Gemini broke off in the middle.');
      }
      yield { usage, model: model ?? request.model ?? deps.model };
    },
  };
}
