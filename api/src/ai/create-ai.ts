import { type AiProvider, createModels, opened } from '@crmflow/activities/ai';
import { createSecretCipher, readSecretOfWorkspace } from '@crmflow/db';
import type { Deps } from '../deps.js';

/**
 * The models for what users ask outside of runs, by their own key or the installation's. It is the
 * one place where the API opens a stored key, and those for models only.
 */
export function createAi({ config, pool }: Pick<Deps, 'config' | 'pool'>): AiProvider {
  const { encryptionKey, previousEncryptionKeys, models } = config;
  const cipher = createSecretCipher({ current: encryptionKey, previous: previousEncryptionKeys });
  return createModels(models, {
    pool,
    async open(service, keyOwner) {
      if (!('workspaceId' in keyOwner))
        throw new Error('The API asks the model only for workspaces; runs ask it in the worker.');
      return opened(await readSecretOfWorkspace(pool, cipher, { ...keyOwner, service }), service);
    },
  });
}
