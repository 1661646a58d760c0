import { CallError, geminiService } from '@crmflow/activities/ai';
import type { StoreKey } from '@crmflow/contracts';
import type { ModelSettings } from '@crmflow/contracts/env';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { defaultHosts } from './default-hosts.js';

const patienceMs = 8_000;

/** Whether what is to be stored may go to where it would be tried. */
function mayBeTried({ hosts }: StoreKey, models: ModelSettings): boolean {
  const [gemini = ''] = defaultHosts(geminiService, models);
  const [name = ''] = gemini.split(':');
  return hosts === undefined || hosts.includes(gemini) || hosts.includes(name);
}

/**
 * Tries a key for Gemini before it is stored, by asking for the list of models.
 * @returns why it could not be tried; undefined where it is good, or is none for Gemini
 * @throws AppError `invalid` where Gemini refuses it
 */
export async function tryKey(
  { ai, config }: Pick<Deps, 'ai' | 'config'>,
  given: StoreKey,
): Promise<string | undefined> {
  if (given.service !== geminiService || !mayBeTried(given, config.models)) return undefined;
  try {
    await ai.models({ key: given.key }, AbortSignal.timeout(patienceMs));
    return undefined;
  } catch (error) {
    if (error instanceof CallError && error.code === 'ai_key_invalid') {
      const message = 'was rejected by Gemini. Copy it again, and check its permissions';
      const detail = `${error.message} The key was not stored.`;
      throw new AppError('invalid', detail, { errors: [{ path: 'key', message }] });
    }
    return 'The key was stored but could not be tested, because Gemini is not responding.';
  }
}
