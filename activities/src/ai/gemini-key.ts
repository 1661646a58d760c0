import type { OpenSecret } from '../secrets/opened.js';
import { isAllowedHost } from '../secrets/allowed-host.js';
import { CallError } from '../call/call-error.js';
import { AiError } from './ai-error.js';
import type { ModelKey } from './model-key.js';
import type { KeyOwner } from './provider.js';

/** The name under which users store their key for Gemini. */
export const geminiService = 'gemini';

/** Where Gemini is unless the administrator says otherwise. */
export const googleUrl = 'https://generativelanguage.googleapis.com';

/** What finding a key needs. */
export type GeminiKeyDeps = {
  /**
   * Opens the key that whoever asks stored for Gemini; null where there is none.
   * @throws CallError `key_unreadable`
   */
  open: (keyOwner: KeyOwner, signal: AbortSignal) => Promise<OpenSecret | null>;
  /** The installation's key, for those who have none. */
  shared?: string;
  /** Where Gemini is, if not at Google's address. */
  baseUrl?: string;
};

/**
 * Finds the key of who asks: their own, then the installation's. An own key that cannot be used
 * is an error and not passed over, since the other one is paid by somebody else.
 *
 * The function that it makes throws CallError `key_unreadable` or `key_host_refused`, and AiError
 * `ai_key_missing` where there is neither.
 */
export function createGeminiKey({ open, shared, baseUrl }: GeminiKeyDeps): ModelKey {
  const url = new URL(baseUrl ?? googleUrl);
  return async (keyOwner, signal) => {
    const own = await open(keyOwner, signal);
    if (own && !isAllowedHost(own.hosts, url)) {
      throw new CallError(
        'key_host_refused',
        `The key for "${geminiService}" can be sent to ${own.hosts.join(', ') || 'no host'}, but this installation uses Gemini at ${url.host}. Store the key again without hosts.`,
        { retryable: false },
      );
    }
    const key = own?.secret ?? shared;
    if (key !== undefined && key !== '') return { key, isShared: !own };
    throw new AiError(
      'ai_key_missing',
      `No Gemini key is available. Store a key for "${geminiService}", or ask the administrator to set GEMINI_API_KEY.`,
    );
  };
}
