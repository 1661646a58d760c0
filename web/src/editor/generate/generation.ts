import { signal } from '@preact/signals';
import type { ApiError } from '../../api/api-error.js';
import { asApiError } from '../../api/as-api-error.js';
import { generateFlow, type GenerationStage } from './generate-flow.js';
import { replaceFlow } from '../commands/flow.js';
import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import { readFlow } from '../model/flow-document.js';
import { type Proposal, propose } from './proposal.js';

/** How far a generation is. */
export type GenerationState =
  | { kind: 'idle' }
  | { kind: 'busy'; stage: GenerationStage; characters: number }
  | { kind: 'proposed'; proposal: Proposal }
  | { kind: 'failed'; error: ApiError };

/**
 * Has the flow written or changed by the model. What comes is only a proposal: the flow stays as
 * it is until that is accepted, which is one step for undo.
 */
export function createGeneration({ document, history }: Editor) {
  const state = signal<GenerationState>({ kind: 'idle' });
  let asking: AbortController | undefined;

  async function follow(prompt: string, abort: AbortSignal): Promise<void> {
    const before = readFlow(document);
    const wish = before.nodes.length > 0 ? { prompt, workflow: before } : { prompt };
    for await (const part of generateFlow(wish, abort)) {
      if (part.kind === 'done') {
        state.value = { kind: 'proposed', proposal: propose(readFlow(document), part.flow) };
        return;
      }
      state.value = { kind: 'busy', stage: part.stage, characters: part.characters ?? 0 };
    }
  }

  return {
    state,
    /** Asks for a flow, or, where there is one, for changes of it. */
    async start(prompt: string): Promise<void> {
      asking?.abort();
      const mine = new AbortController();
      asking = mine;
      state.value = { kind: 'busy', stage: 'asking', characters: 0 };
      try {
        await follow(prompt, mine.signal);
      } catch (error) {
        if (!mine.signal.aborted) state.value = { kind: 'failed', error: asApiError(error) };
      }
    },
    /** Ends the asking, or puts the proposal away. */
    discard() {
      asking?.abort();
      state.value = { kind: 'idle' };
    },
    accept() {
      const { value } = state;
      if (value.kind !== 'proposed') return;
      // The model knows of no notes: they stay.
      const flow = { ...value.proposal.flow, notes: document.notes() };
      history.run(texts.steps.generate, replaceFlow(document, flow));
      state.value = { kind: 'idle' };
    },
  };
}

/** Has flows written by the model. */
export type Generation = ReturnType<typeof createGeneration>;
