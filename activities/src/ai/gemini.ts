import {
  FunctionCallingMode,
  type FunctionDeclarationSchema,
  type GenerateContentRequest,
  type GenerationConfig,
  GoogleGenerativeAI,
} from '@google/generative-ai';
import { geminiModelPattern } from '@crmflow/contracts';
import { tokensOf } from '@crmflow/db';
import { createDeadline } from '../call/deadline.js';
import { AiError } from './ai-error.js';
import { parseRetryAfter } from '../http/status-error.js';
import { callsIn, createAnswerReader, type GeminiEvent, turnOf } from './gemini-answer.js';
import { toAiError } from './gemini-error.js';
import { googleUrl } from './gemini-key.js';
import type { FoundKey, ModelKey } from './model-key.js';
import { toGeminiSchema } from './gemini-schema.js';
import { toGeminiContents, toGeminiCorrection, toGeminiExchanges } from './gemini-turns.js';
import { embedByGemini } from './gemini-embed.js';
import { listGeminiModels, noSuchModel } from './gemini-models.js';
import { withCost } from './prices.js';
import type { AiProvider, AiRequest, KeyOwner } from './provider.js';
import type { SharedKey } from './shared-key.js';
import { noteHeaders, type SeenHeaders } from './seen-headers.js';
import { withoutKey } from './without-key.js';

const silenceMs = 60_000;
const embedMs = 60_000;

/** What the provider needs. */
export type GeminiDeps = {
  apiKey: ModelKey;
  /** What the installation's key may be used for; anything where this is missing. */
  sharedKey?: SharedKey;
  /** Google's own where it is missing. */
  baseUrl?: string;
  /** For nodes that name no model. */
  model: string;
  /** How long nothing may come before the call is given up, in milliseconds. */
  silenceMs?: number;
};

function toGeminiTools({
  functions = [],
  mustAnswer,
}: AiRequest): Pick<GenerateContentRequest, 'tools' | 'toolConfig'> {
  if (functions.length === 0) return {};
  const functionDeclarations = functions.map(({ name, description, parameters }) => ({
    ...{ name, description },
    ...(parameters && {
      parameters: toGeminiSchema(parameters) as unknown as FunctionDeclarationSchema,
    }),
  }));
  return {
    tools: [{ functionDeclarations }],
    ...(mustAnswer && {
      toolConfig: { functionCallingConfig: { mode: FunctionCallingMode.NONE } },
    }),
  };
}

function toGeminiRequest(request: AiRequest): GenerateContentRequest {
  const { lines, prompt, knowledge, exchanges = [], temperature, schema, correction } = request;
  const { system = '', situation = '' } = request;
  const instructions = [system, situation].filter((text) => text !== '');
  const generationConfig: GenerationConfig = {
    ...(temperature !== undefined && { temperature }),
    ...(request.maxTokens !== undefined && { maxOutputTokens: request.maxTokens }),
    ...(schema && {
      responseMimeType: 'application/json',
      responseSchema: toGeminiSchema(schema),
    }),
  };
  return {
    contents: [
      ...toGeminiContents(lines, prompt, knowledge),
      ...toGeminiExchanges(exchanges),
      ...toGeminiCorrection(correction),
    ],
    ...(instructions.length > 0 && {
      systemInstruction: { role: 'system', parts: instructions.map((text) => ({ text })) },
    }),
    ...(Object.keys(generationConfig).length > 0 && { generationConfig }),
    ...toGeminiTools(request),
  };
}

/** Of a response that nobody has seen yet. */
const responseTokens = 1_000;

const expectedTokens = (request: AiRequest) =>
  tokensOf(JSON.stringify(toGeminiRequest(request))) + responseTokens;

/** What the client threw, without the key should Gemini have repeated it. */
const told = (error: unknown, key: string) => withoutKey(toAiError(error), key);

/** The pause that the response asks for in its header, where its body names none. */
function withRetryAfter(error: unknown, seen: SeenHeaders): unknown {
  if (!(error instanceof AiError) || error.retryAfterMs !== undefined) return error;
  const retryAfterMs = parseRetryAfter(seen['retry-after'], Date.now());
  if (retryAfterMs === undefined) return error;
  const { code, message, status } = error;
  return new AiError(code, message, { retryAfterMs, ...(status !== undefined && { status }) });
}

/** Makes the provider for Gemini, over Google's own client. */
export function createGemini(deps: GeminiDeps): AiProvider {
  const patienceMs = deps.silenceMs ?? silenceMs;
  const baseUrl = (deps.baseUrl ?? googleUrl).replace(/(?<!\/)\/+$/, '');

  /** Google's client puts the name into the address as it is, and the key goes along. */
  function nameOf({ model = deps.model }: AiRequest): string {
    if (geminiModelPattern.test(model)) return model;
    throw new AiError(
      'ai_bad_request',
      `"${model}" is not the name of a model. Choose another one.`,
    );
  }

  async function open(request: AiRequest, key: string, signal: AbortSignal, seen: SeenHeaders) {
    const model = new GoogleGenerativeAI(key).getGenerativeModel(
      { model: nameOf(request) },
      { baseUrl },
    );
    const { stream, response } = await noteHeaders(seen, () =>
      model.generateContentStream(toGeminiRequest(request), { signal }),
    );
    // The client gathers the whole answer a second time; where the stream breaks, this breaks too.
    response.catch(() => undefined);
    return stream as AsyncIterable<GeminiEvent>;
  }

  async function explained(
    error: unknown,
    request: AiRequest,
    key: string,
    signal: AbortSignal,
    seen: SeenHeaders,
  ) {
    const known = withRetryAfter(told(error, key), seen);
    if (!(known instanceof AiError) || known.status !== 404) return known;
    const { model = deps.model } = request;
    const isDefault = request.model === undefined;
    return noSuchModel({ baseUrl, model, isDefault, status: 404 }, key, signal);
  }

  async function keyIfAny(keyOwner: KeyOwner, signal: AbortSignal): Promise<FoundKey | null> {
    try {
      return await deps.apiKey(keyOwner, signal);
    } catch (error) {
      if (error instanceof AiError && error.code === 'ai_key_missing') return null;
      throw error;
    }
  }

  return {
    async *stream(request, signal) {
      const found = await deps.apiKey(request.keyOwner, signal);
      const { key } = found;
      signal.throwIfAborted();
      const sharedKey = found.isShared ? deps.sharedKey : undefined;
      sharedKey?.requireModel(nameOf(request));
      const reserved = await sharedKey?.reserve(request.keyOwner, expectedTokens(request));
      // Of an answer that breaks off it is not known what it used: what was expected stays counted.
      const deadline = createDeadline(patienceMs, signal);
      const reader = createAnswerReader();
      let begun = false;
      const seen: SeenHeaders = {};
      try {
        for await (const event of await open(request, key, deadline.signal, seen)) {
          begun = true;
          deadline.extend();
          const text = reader.read(event);
          if (text !== '') yield { text };
        }
      } catch (error) {
        signal.throwIfAborted();
        if (deadline.expired()) {
          throw new AiError('ai_unavailable', `Gemini did not respond for ${patienceMs / 1000} s.`);
        }
        const known = await explained(error, request, key, signal, seen);
        const isRefused = known instanceof AiError && known.status !== undefined && !begun;
        if (isRefused) await reserved?.settle(0);
        throw known;
      } finally {
        // Ends the connection where the answer was not read to its end.
        deadline.end();
      }
      const { usage, model, finishReason, parts } = reader.end();
      if (finishReason === undefined) {
        throw new AiError('ai_interrupted', 'The response of Gemini was interrupted.');
      }
      await reserved?.settle(usage.inputTokens + usage.outputTokens);
      const answered = model ?? request.model ?? deps.model;
      const calls = callsIn(parts);
      yield {
        ...{ usage: withCost(usage, answered), model: answered, finishReason },
        ...(calls.length > 0 && { calls, turn: turnOf(parts) }),
      };
    },
    async embed(texts, task, keyOwner, signal) {
      const found = await keyIfAny(keyOwner, signal);
      if (found === null) return null;
      const { key, isShared } = found;
      // Gemini does not say what it has used for them.
      const expected = texts.reduce((sum, text) => sum + tokensOf(text), 0);
      if (isShared) await deps.sharedKey?.reserve(keyOwner, expected);
      const deadline = createDeadline(embedMs, signal);
      try {
        return await embedByGemini(texts, task, { key, baseUrl, signal: deadline.signal });
      } catch (error) {
        signal.throwIfAborted();
        if (!deadline.expired()) throw told(error, key);
        throw new AiError('ai_unavailable', `Gemini did not respond for ${embedMs / 1000} s.`);
      } finally {
        deadline.end();
      }
    },
    async models(by, signal) {
      const { key, isShared } =
        'key' in by ? { ...by, isShared: false } : await deps.apiKey(by, signal);
      const mayUse = (isShared && deps.sharedKey?.mayUse) || (() => true);
      try {
        const models = await listGeminiModels({ baseUrl, model: deps.model }, key, signal);
        return models.filter(({ id }) => mayUse(id));
      } catch (error) {
        throw told(error, key);
      }
    },
  };
}
