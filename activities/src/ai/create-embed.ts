import type { Embed } from '@crmflow/db';
import type { AiProvider } from './provider.js';

const never = new AbortController().signal;

/** Meanings as knowledge asks for them: of texts of a workspace, by the key of that workspace. */
export function createEmbed(provider: Pick<AiProvider, 'embed'>): Embed {
  return (texts, { workspaceId, task, signal = never }) =>
    provider.embed(texts, task, { workspaceId }, signal);
}
