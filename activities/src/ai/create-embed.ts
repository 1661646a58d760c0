import type { Embed } from '@crmflow/db';
import type { AiProvider } from './provider.js';

const never = new AbortController().signal;

/** Meanings as knowledge asks for them: of what a user owns, by that user's key. */
export function createEmbed(provider: Pick<AiProvider, 'embed'>): Embed {
  return (texts, { workspaceId, task, signal = never }) =>
    provider.embed(texts, task, { workspaceId }, signal);
}
