import { type Embed, noModelNotice } from '@crmflow/db';
import type { LocalModel } from '../embedder/local-model.js';
import type { AiProvider } from './provider.js';

const never = new AbortController().signal;

/**
 * Meanings as knowledge asks for them: by the model of this machine, so that no text leaves it and
 * nobody pays, and only where that cannot be had by a provider, with the key of the workspace.
 */
export function createEmbed(
  provider: Pick<AiProvider, 'embed'>,
  local?: Pick<LocalModel, 'embed'>,
): Embed {
  return async (texts, options) => {
    const ours = await local?.embed(texts, options);
    if (ours && ('vectors' in ours || ours.isComing)) return ours;
    const { workspaceId, task, signal = never } = options;
    const theirs = await provider.embed(texts, task, { workspaceId }, signal);
    return theirs ?? ours ?? { notice: noModelNotice };
  };
}
