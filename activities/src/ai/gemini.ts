import {
  type GenerateContentRequest,
  type GenerationConfig,
  GoogleGenerativeAI,
} from '@google/generative-ai';
import { limits } from '@crmflow/contracts';
import { createDeadline } from '../call/deadline.js';
import { AiError } from './ai-error.js';
import { withoutSecret } from '../secrets/without-secret.js';
import { createRedactor } from '../secrets/redactor.js';
import { createAnswerReader, type GeminiEvent } from './gemini-answer.js';
import { toAiError } from './gemini-error.js';
import type { GeminiKey } from './gemini-key.js';
import { toGeminiSchema } from './gemini-schema.js';
import { toGeminiContents } from './gemini-turns.js';
import type { AiProvider, AiRequest } from './provider.js';

const silenceMs = 60_000;

/** What the provider needs. */
export type GeminiDeps = {
  apiKey: GeminiKey;
  /** Google's own where it is missing. */
  baseUrl?: string;
  /** For nodes that name no model. */
  model: string;
  /** How long nothing may come before the call is given up, in milliseconds. */
  silenceMs?: number;
};

function toGeminiRequest({ lines, prompt, ...request }: AiRequest): GenerateContentRequest {
  const { system, temperature, schema } = request;
  const generationConfig: GenerationConfig = {
    ...(temperature !== undefined && { temperature }),
    ...(schema && {
      responseMimeType: 'application/json',
      responseSchema: toGeminiSchema(schema),
    }),
  };
  return {
    contents: toGeminiContents(lines, prompt),
    ...(system && { systemInstruction: system }),
    ...(Object.keys(generationConfig).length > 0 && { generationConfig }),
  };
}

/** What the client threw, without the key should Gemini have repeated it. */
function told(error: unknown, key: string): unknown {
  const known = toAiError(error);
  return key.length < limits.keyMinLength ? known : withoutSecret(known, createRedactor(key));
}

/** Makes the provider for Gemini, over Google's own client. */
export function createGemini(deps: GeminiDeps): AiProvider {
  const patienceMs = deps.silenceMs ?? silenceMs;

  async function open(request: AiRequest, key: string, signal: AbortSignal) {
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
      const key = await deps.apiKey(request.runId, signal);
      signal.throwIfAborted();
      const deadline = createDeadline(patienceMs, signal);
      const reader = createAnswerReader();
      try {
        for await (const event of await open(request, key, deadline.signal)) {
          deadline.extend();
          const text = reader.read(event);
          if (text !== '') yield { text };
        }
      } catch (error) {
        signal.throwIfAborted();
        if (!deadline.expired()) throw told(error, key);
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
