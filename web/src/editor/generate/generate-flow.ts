import type { EditedFlow } from '../model/record.js';
import { stream } from '../../api/stream.js';
import { inWorkspace } from '../../api/workspace-id.js';

/** What a flow is being generated from: words, and the flow that they are to change. */
export type FlowWish = {
  prompt: string;
  workflow?: EditedFlow;
};

/** How far the generation of a flow is. */
export type GenerationStage = 'asking' | 'writing' | 'checking' | 'repairing' | 'laying_out';

/** A part of the way to a flow, or the flow. */
export type GenerationPart =
  | { kind: 'progress'; stage: GenerationStage; characters?: number }
  | { kind: 'done'; flow: EditedFlow };

/**
 * Has a flow written by the model, checked and laid out by the server; nothing is saved.
 * @throws ApiError
 */
export async function* generateFlow(
  wish: FlowWish,
  signal: AbortSignal,
): AsyncGenerator<GenerationPart> {
  const address = inWorkspace('/api/ai/generate-workflow');
  for await (const { event, data } of stream(address, wish, signal)) {
    if (event === 'progress') {
      yield {
        kind: 'progress',
        ...(data as { stage: GenerationStage; characters?: number }),
      };
    }
    if (event === 'done') yield { kind: 'done', flow: (data as { workflow: EditedFlow }).workflow };
  }
}
