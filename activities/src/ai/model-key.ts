import { CallError } from '../call/call-error.js';
import { isAllowedHost } from '../secrets/allowed-host.js';
import type { OpenSecret } from '../secrets/opened.js';
import { AiError } from './ai-error.js';
import type { KeyOwner } from './provider.js';

/** A key, and whether it is that of the installation. */
export type FoundKey = { key: string; isShared: boolean };

/** The key by which somebody asks a model. */
export type ModelKey = (keyOwner: KeyOwner, signal: AbortSignal) => Promise<FoundKey>;

/** The name under which users store their key for an OpenAI-compatible server. */
export const openAiService = 'openai';

/**
 * Finds the key for the OpenAI-compatible server: that of who asks, then the installation's, which is
 * '' where its server wants none. An own key that cannot be used is an error and not passed over.
 *
 * The function that it makes throws CallError `key_unreadable` or `key_host_refused`, and AiError
 * `ai_key_missing` where there is neither.
 */
export function createOpenAiKey({
  open,
  shared,
  baseUrl,
}: {
  open: (keyOwner: KeyOwner, signal: AbortSignal) => Promise<OpenSecret | null>;
  shared?: string;
  baseUrl: string;
}): ModelKey {
  const url = new URL(baseUrl);
  return async (keyOwner, signal) => {
    const own = await open(keyOwner, signal);
    if (own && !isAllowedHost(own.hosts, url)) {
      throw new CallError(
        'key_host_refused',
        `The key for "${openAiService}" can be sent to ${own.hosts.join(', ') || 'no host'}, but this installation uses the server at ${url.host}. Store the key again without hosts.`,
        { retryable: false },
      );
    }
    if (own) return { key: own.secret, isShared: false };
    if (shared !== undefined) return { key: shared, isShared: true };
    throw new AiError(
      'ai_key_missing',
      `No key for the server at ${url.host} is available. Store a key for "${openAiService}", or ask the administrator to set OPENAI_API_KEY.`,
    );
  };
}
