import type { AiModel } from '@crmflow/contracts';
import { createDeadline } from '../call/deadline.js';
import { AiError } from './ai-error.js';
import { errorOfStatus, type GoogleDetail } from './gemini-status.js';
import { priceOf } from './prices.js';

const patienceMs = 10_000;
const mostPages = 10;

type GeminiModel = {
  name?: string;
  displayName?: string;
  description?: string;
  inputTokenLimit?: number;
  outputTokenLimit?: number;
  supportedGenerationMethods?: string[];
};

type Answer = {
  models?: GeminiModel[];
  nextPageToken?: string;
  error?: { message?: string; details?: GoogleDetail[] };
};

/** Google's own client has no list of models, so this one is asked for by hand. */
async function readPage(url: URL, key: string, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(url, { headers: { 'x-goog-api-key': key }, signal });
  const answer = (await response.json().catch(() => ({}))) as Answer;
  if (response.ok) return answer;
  const { message = response.statusText, details = [] } = answer.error ?? {};
  throw errorOfStatus(response.status, message, details);
}

async function* pages(baseUrl: string, key: string, signal: AbortSignal): AsyncGenerator<Answer> {
  let token: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const url = new URL(`${baseUrl}/v1beta/models`);
    url.searchParams.set('pageSize', '200');
    if (token) url.searchParams.set('pageToken', token);
    const answer = await readPage(url, key, signal);
    yield answer;
    token = answer.nextPageToken;
    if (!token) return;
  }
}

function toModel(model: GeminiModel, defaultModel: string): AiModel[] {
  const { name = '', supportedGenerationMethods: methods = [] } = model;
  if (!methods.includes('generateContent')) return [];
  const id = name.replace(/^models\//, '');
  const price = priceOf(id);
  return [
    {
      id,
      name: model.displayName ?? id,
      description: model.description ?? '',
      ...(model.inputTokenLimit !== undefined && { inputTokens: model.inputTokenLimit }),
      ...(model.outputTokenLimit !== undefined && { outputTokens: model.outputTokenLimit }),
      ...(price && { price }),
      isDefault: id === defaultModel,
    },
  ];
}

/**
 * The models of Gemini that answer prompts, as far as a key may use them.
 * @throws AiError `ai_key_invalid`, `ai_unavailable` where nothing answers within ten seconds
 */
export async function listGeminiModels(
  { baseUrl, model }: { baseUrl: string; model: string },
  key: string,
  signal: AbortSignal,
): Promise<AiModel[]> {
  const deadline = createDeadline(patienceMs, signal);
  const found: AiModel[] = [];
  try {
    for await (const page of pages(baseUrl, key, deadline.signal)) {
      found.push(...(page.models ?? []).flatMap((one) => toModel(one, model)));
    }
    return found;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AiError) throw error;
    throw new AiError('ai_unavailable', 'Gemini cannot be reached: the connection failed.');
  } finally {
    deadline.end();
  }
}
