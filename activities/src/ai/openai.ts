import { json } from 'node:stream/consumers';
import type { AiModel } from '@crmflow/contracts';
import { tokensOf } from '@crmflow/db';
import { CallError } from '../call/call-error.js';
import { createDeadline } from '../call/deadline.js';
import { EgressError } from '../egress/egress-error.js';
import type { Egress } from '../egress/egress.js';
import { parseRetryAfter } from '../http/status-error.js';
import { AiError } from './ai-error.js';
import { eventData } from './event-stream.js';
import type { FoundKey, ModelKey } from './model-key.js';
import { createChatReader } from './openai-answer.js';
import { errorOfOpenAi, type OpenAiFault } from './openai-error.js';
import { toChatRequest } from './openai-messages.js';
import type { AiProvider, AiRequest } from './provider.js';
import type { SharedKey } from './shared-key.js';
import { withoutKey } from './without-key.js';

/** Where OpenAI is unless the administrator names another server. */
export const openAiUrl = 'https://api.openai.com/v1';
/** What the name of a model of this provider begins with, wherever one is named. */
export const openAiPrefix = 'openai/';

/** A model on the same machine may have to be loaded first. */
const silenceMs = 120_000;
const listMs = 10_000;
/** The most that is embedded at once. */
const batchSize = 64;

/** What the provider needs. */
export type OpenAiDeps = {
  egress: Pick<Egress, 'open'>;
  apiKey: ModelKey;
  sharedKey?: SharedKey;
  /** With its version, such as http://127.0.0.1:11434/v1. */
  baseUrl: string;
  /** For nodes that name no model, as the server calls it. */
  model?: string;
  embeddingModel?: string;
  /** How long nothing may come before the call is given up, in milliseconds. */
  silenceMs?: number;
};

type Listed = { data?: { id?: string }[] };
type Meanings = { data?: { index?: number; embedding?: number[] }[] };

/** Models that answer no prompts, by what their makers call them. */
const isOther = (id: string) =>
  /embed|whisper|tts|dall-e|image|moderation|rerank|transcribe/i.test(id);

/** Makes the provider for OpenAI and all servers that speak its protocol. */
export function createOpenAi(deps: OpenAiDeps): AiProvider {
  const patienceMs = deps.silenceMs ?? silenceMs;
  const baseUrl = deps.baseUrl.replace(/(?<!\/)\/+$/, '');
  const { host } = new URL(baseUrl);
  const isOpenAi = baseUrl === openAiUrl;

  async function send(path: string, { key }: FoundKey, signal: AbortSignal, body?: object) {
    const response = await deps.egress.open({
      ...{ method: body ? 'POST' : 'GET', url: `${baseUrl}${path}`, signal },
      headers: {
        ...(key !== '' && { authorization: `Bearer ${key}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.status === 200) return response.body;
    const said = (await json(response.body).catch(() => ({}))) as { error?: OpenAiFault };
    const retryAfter = [response.headers['retry-after']].flat()[0];
    const { error = undefined } = said;
    throw errorOfOpenAi(response.status, error, host, parseRetryAfter(retryAfter, Date.now()));
  }

  /** What went wrong in words of models, without the key should the server have repeated it. */
  function told(error: unknown, { key }: FoundKey): unknown {
    const isNetwork =
      error instanceof EgressError && ['http_failed', 'http_timeout'].includes(error.code);
    const known = isNetwork ? new AiError('ai_unavailable', error.message) : error;
    return withoutKey(known, key);
  }

  async function inTime<T>(
    ms: number,
    found: FoundKey,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const deadline = createDeadline(ms, signal);
    try {
      return await work(deadline.signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!deadline.expired()) throw told(error, found);
      throw new AiError('ai_unavailable', `${host} did not respond for ${ms / 1000} s.`);
    } finally {
      deadline.end();
    }
  }

  function nameOf({ model = deps.model }: AiRequest): string {
    if (model !== undefined) return model;
    throw new AiError(
      'ai_bad_request',
      'No model is named. Choose one in the node, or ask the administrator to set OPENAI_MODEL.',
    );
  }

  const missing = (model: string, isDefault: boolean) =>
    new AiError(
      'ai_bad_request',
      isDefault
        ? `${host} has no model "${model}". Ask the administrator to set OPENAI_MODEL to another model, or choose one in the node.`
        : `${host} has no model "${model}". Choose another model in the node, or none for the default.`,
      { status: 404 },
    );

  return {
    async *stream(request, signal) {
      const found = await deps.apiKey(request.keyOwner, signal);
      signal.throwIfAborted();
      const model = nameOf(request);
      const sharedKey = found.isShared ? deps.sharedKey : undefined;
      sharedKey?.requireModel(model);
      const body = toChatRequest(request, model, isOpenAi);
      const reserved = await sharedKey?.reserve(request.keyOwner, tokensOf(JSON.stringify(body)));
      const deadline = createDeadline(patienceMs, signal);
      const reader = createChatReader(host);
      let begun = false;
      try {
        for await (const data of eventData(
          await send('/chat/completions', found, deadline.signal, body),
        )) {
          begun = true;
          deadline.extend();
          if (data === '[DONE]') break;
          const text = reader.read(data);
          if (text !== '') yield { text };
        }
      } catch (error) {
        signal.throwIfAborted();
        if (deadline.expired()) {
          throw new AiError(
            'ai_unavailable',
            `${host} did not respond for ${patienceMs / 1000} s.`,
          );
        }
        const known = told(error, found);
        if (known instanceof AiError && known.status !== undefined && !begun) {
          await reserved?.settle(0);
          if (known.status === 404) throw missing(model, request.model === undefined);
        }
        if (known instanceof CallError && !(begun && known.code === 'ai_unavailable')) throw known;
        throw new AiError('ai_interrupted', `The response of ${host} was interrupted.`);
      } finally {
        deadline.end();
      }
      const end = reader.end(model);
      if (!end) throw new AiError('ai_interrupted', `The response of ${host} was interrupted.`);
      await reserved?.settle(end.usage.inputTokens + end.usage.outputTokens);
      yield { ...end, model: `${openAiPrefix}${end.model}` };
    },
    async embed(texts, _task, keyOwner, signal) {
      const { embeddingModel: model } = deps;
      if (model === undefined) return null;
      const found = await deps.apiKey(keyOwner, signal);
      const expected = texts.reduce((sum, text) => sum + tokensOf(text), 0);
      if (found.isShared) await deps.sharedKey?.reserve(keyOwner, expected);
      const vectors: number[][] = [];
      for (let from = 0; from < texts.length; from += batchSize) {
        const input = texts.slice(from, from + batchSize);
        const answer = await inTime(patienceMs, found, signal, async (soon) => {
          const body = await send('/embeddings', found, soon, { model, input });
          return (await json(body)) as Meanings;
        });
        const sorted = (answer.data ?? []).sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
        vectors.push(...sorted.map(({ embedding = [] }) => embedding));
      }
      if (vectors.length !== texts.length) {
        const message = `${host} returned ${vectors.length} vectors for ${texts.length} texts.`;
        throw new AiError('ai_interrupted', message);
      }
      return { model: `${openAiPrefix}${model}`, vectors };
    },
    async models(by, signal) {
      const found = 'key' in by ? { ...by, isShared: false } : await deps.apiKey(by, signal);
      const mayUse = (found.isShared && deps.sharedKey?.mayUse) || (() => true);
      const listed = await inTime(listMs, found, signal, async (soon) => {
        return (await json(await send('/models', found, soon))) as Listed;
      });
      return (listed.data ?? [])
        .flatMap(({ id }) => (id !== undefined && !isOther(id) && mayUse(id) ? [id] : []))
        .map((id): AiModel => ({
          ...{ id: `${openAiPrefix}${id}`, name: id, description: host },
          isDefault: false,
        }));
    },
  };
}
