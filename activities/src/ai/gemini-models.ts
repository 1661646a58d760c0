import type { AiModel } from '@crmflow/contracts';
import { createDeadline } from '../call/deadline.js';
import { AiError } from './ai-error.js';
import { errorOfStatus, type GoogleDetail } from './gemini-error.js';
import { priceOf } from './prices.js';

const patienceMs = 10_000;
const maxPages = 10;
/** How many models an error names. */
const maxNamed = 8;

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
  for (let page = 0; page < maxPages; page += 1) {
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
  timeoutMs = patienceMs,
): Promise<AiModel[]> {
  const deadline = createDeadline(timeoutMs, signal);
  const found: AiModel[] = [];
  try {
    for await (const page of pages(baseUrl, key, deadline.signal)) {
      found.push(...(page.models ?? []).flatMap((one) => toModel(one, model)));
    }
    return found;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AiError) throw error;
    throw new AiError('ai_unavailable', 'Cannot connect to Gemini.');
  } finally {
    deadline.end();
  }
}

/** Aliases first: they do not go away. */
function named(models: readonly AiModel[]): string {
  const ids = models.map(({ id }) => id);
  const sorted = [...ids.filter(isAlias), ...ids.filter((id) => !isAlias(id))];
  const more = sorted.length - maxNamed;
  const list = sorted.slice(0, maxNamed).join(', ');
  return more > 0 ? `${list} and ${more} more (GET /api/ai/models)` : list;
}

const isAlias = (id: string) => id.endsWith('-latest');

/**
 * The error for a model that Gemini does not have (any more): where it was named, and the models
 * that there are, as far as the list comes within three seconds.
 */
export async function noSuchModel(
  asked: { baseUrl: string; model: string; isDefault: boolean; status: number },
  key: string,
  signal: AbortSignal,
): Promise<AiError> {
  const { baseUrl, model, isDefault, status } = asked;
  const models = await listGeminiModels({ baseUrl, model }, key, signal, 3_000).catch(() => []);
  const where = isDefault
    ? 'Ask the administrator to set GEMINI_MODEL to another model, or choose one in the node.'
    : 'Choose another model in the node, or none for the default.';
  const there = models.length === 0 ? '' : ` Available: ${named(models)}.`;
  return new AiError('ai_bad_request', `Gemini has no model "${model}". ${where}${there}`, {
    status,
  });
}
