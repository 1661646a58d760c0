import { listItems, type ModelSettings, sharedKeySettings } from '@crmflow/contracts/env';
import { portOf } from '@crmflow/contracts/egress';
import type { Pool } from 'pg';
import { createEgress } from '../egress/egress.js';
import type { OpenSecret } from '../secrets/opened.js';
import { AiError } from './ai-error.js';
import { createGemini } from './gemini.js';
import { createGeminiKey, geminiService } from './gemini-key.js';
import { createOpenAiKey, openAiService } from './model-key.js';
import { createOpenAi, openAiPrefix, openAiUrl } from './openai.js';
import type { AiProvider, KeyOwner } from './provider.js';
import { createSharedKey } from './shared-key.js';

/** What asking models needs. */
export type ModelsDeps = {
  pool: Pool;
  /**
   * Opens the key that whoever asks stored for a service; null where there is none.
   * @throws CallError `key_unreadable`
   */
  open: (service: string, keyOwner: KeyOwner, signal: AbortSignal) => Promise<OpenSecret | null>;
};

const isMissing = (error: unknown) => error instanceof AiError && error.code === 'ai_key_missing';

/**
 * Puts two providers behind the one seam. A model whose name begins with `openai/` is the other
 * server's, every other one Gemini's. Who names none is answered by Gemini where there is a key for
 * it, and by the other server's default model where there is not.
 * @param hasDefault whether the other server has a default model
 */
export function joinProviders(
  gemini: AiProvider,
  openAi: AiProvider,
  hasDefault: boolean,
): AiProvider {
  return {
    async *stream(request, signal) {
      const { model, ...rest } = request;
      if (model?.startsWith(openAiPrefix)) {
        yield* openAi.stream({ ...rest, model: model.slice(openAiPrefix.length) }, signal);
        return;
      }
      try {
        yield* gemini.stream(request, signal);
      } catch (error) {
        // Thrown before anything was asked, so that nothing was yielded either.
        if (model !== undefined || !hasDefault || !isMissing(error)) throw error;
        yield* openAi.stream(rest, signal);
      }
    },
    async embed(texts, task, keyOwner, signal) {
      const found = await gemini.embed(texts, task, keyOwner, signal);
      return found ?? openAi.embed(texts, task, keyOwner, signal);
    },
    async models(by, signal) {
      if ('key' in by) return gemini.models(by, signal);
      const none = (error: unknown) => {
        if (isMissing(error)) return null;
        throw error;
      };
      const [ours, others] = await Promise.all([
        gemini.models(by, signal).catch(none),
        openAi.models(by, signal).catch(none),
      ]);
      if (!ours && !others) return gemini.models(by, signal);
      return [...(ours ?? []), ...(others ?? [])];
    },
  };
}

/** The models of an installation, by its environment and the keys of its workspaces. */
export function createModels(env: ModelSettings, { pool, open }: ModelsDeps): AiProvider {
  const where = env.GEMINI_BASE_URL !== undefined && { baseUrl: env.GEMINI_BASE_URL };
  const settings = sharedKeySettings(env);
  const gemini = createGemini({
    apiKey: createGeminiKey({
      open: (keyOwner, signal) => open(geminiService, keyOwner, signal),
      ...(env.GEMINI_API_KEY !== undefined && { shared: env.GEMINI_API_KEY }),
      ...where,
    }),
    sharedKey: createSharedKey(settings, { pool, model: env.GEMINI_MODEL }),
    model: env.GEMINI_MODEL,
    ...where,
  });
  const { OPENAI_BASE_URL, OPENAI_API_KEY, OPENAI_MODEL, OPENAI_EMBEDDING_MODEL } = env;
  const baseUrl = OPENAI_BASE_URL ?? openAiUrl;
  const url = new URL(baseUrl);
  // Whoever sets the address of the server has let it in, and only for asking models.
  const allow = [
    ...listItems(env.CRMFLOW_EGRESS_ALLOW),
    ...(OPENAI_BASE_URL === undefined ? [] : [`${url.hostname}:${portOf(url)}`]),
  ];
  const openAi = createOpenAi({
    ...{ egress: createEgress({ allow }), baseUrl },
    apiKey: createOpenAiKey({
      open: (keyOwner, signal) => open(openAiService, keyOwner, signal),
      baseUrl,
      // A server of one's own asks for no key, as a rule.
      ...(OPENAI_BASE_URL !== undefined && { shared: OPENAI_API_KEY ?? '' }),
      ...(OPENAI_API_KEY !== undefined && { shared: OPENAI_API_KEY }),
    }),
    ...(OPENAI_API_KEY !== undefined && {
      sharedKey: createSharedKey(
        { ...settings, models: OPENAI_MODEL === undefined ? ['*'] : [OPENAI_MODEL] },
        { pool, model: OPENAI_MODEL ?? '' },
      ),
    }),
    ...(OPENAI_MODEL !== undefined && { model: OPENAI_MODEL }),
    ...(OPENAI_EMBEDDING_MODEL !== undefined && { embeddingModel: OPENAI_EMBEDDING_MODEL }),
  });
  return joinProviders(gemini, openAi, OPENAI_MODEL !== undefined);
}
