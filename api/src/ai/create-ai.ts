import {
  type AiProvider,
  createGemini,
  createGeminiKey,
  createSharedKey,
  geminiService,
  opened,
} from '@crmflow/activities/ai';
import { createSecretCipher, readSecretOfWorkspace } from '@crmflow/db';
import type { Deps } from '../deps.js';

/**
 * The model for what users ask outside of runs, by their own key or the installation's. It is the
 * one place where the API opens a stored key, and that of Gemini only.
 */
export function createAi({ config, pool }: Pick<Deps, 'config' | 'pool'>): AiProvider {
  const { encryptionKey, previousEncryptionKeys, geminiApiKey, geminiBaseUrl, geminiModel } =
    config;
  const cipher = createSecretCipher({ current: encryptionKey, previous: previousEncryptionKeys });
  const where = geminiBaseUrl !== undefined && { baseUrl: geminiBaseUrl };
  const apiKey = createGeminiKey({
    async open(keyOwner) {
      if (!('workspaceId' in keyOwner))
        throw new Error('The API asks the model only for workspaces; runs ask it in the worker.');
      const found = await readSecretOfWorkspace(pool, cipher, {
        ...keyOwner,
        service: geminiService,
      });
      return opened(found, geminiService);
    },
    ...(geminiApiKey !== undefined && { shared: geminiApiKey }),
    ...where,
  });
  const sharedKey = createSharedKey(config.sharedKey, { pool, model: geminiModel });
  return createGemini({ apiKey, sharedKey, model: geminiModel, ...where });
}
