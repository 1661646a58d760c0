import type { ReadonlySignal } from '@preact/signals';
import { useComputed } from '@preact/signals';
import type { RunOverlay } from '../../editor/canvas/run-overlay.js';
import { texts } from '../runs-texts.js';
import { texts as shared } from '../../texts.js';
import { whenever } from '../../ui/format/when.js';
import type { FollowedRun } from '../../chat/reduce.js';
import { errorText } from '../../texts/error-text.js';

/** What the notes on the cards are made from. */
export type CardNoteProps = {
  state: ReadonlySignal<FollowedRun | undefined>;
  overlay: ReadonlySignal<RunOverlay>;
  nodeId: string;
};

type Note = { tone: 'warn' | 'bad'; words: string };

/** What a node waits for, or why it failed; undefined where there is nothing to say. */
function noteOf(
  nodeId: string,
  state: FollowedRun | undefined,
  overlay: RunOverlay,
): Note | undefined {
  if (!state) return undefined;
  const { progress, live } = state;
  if (live.retrying?.nodeId === nodeId) {
    const { error, nextRetryAt } = live.retrying;
    const next = texts.timeline.nextRetry(whenever(nextRetryAt));
    return { tone: 'warn', words: `${errorText(error)} ${next}` };
  }
  if (live.slow?.nodeId === nodeId && !live.partial?.text) {
    const { startedAt, attempt } = live.slow;
    return { tone: 'warn', words: shared.status.slow(whenever(startedAt), attempt) };
  }
  if (progress.status === 'waiting' && progress.waiting?.nodeId === nodeId) {
    const { expect, deadline } = progress.waiting;
    const until = deadline === undefined ? '' : `, ${texts.timeline.until(whenever(deadline))}`;
    const what = `${texts.timeline.waitsFor} ${texts.timeline.expects[expect]}`;
    return { tone: 'warn', words: what + until };
  }
  const error = overlay.nodes.get(nodeId)?.error;
  return error === undefined ? undefined : { tone: 'bad', words: error };
}

/** On a node's card: how often it was visited, what it waits for, why it failed. */
export function CardNote({ state, overlay, nodeId }: CardNoteProps) {
  const note = useComputed(() => noteOf(nodeId, state.value, overlay.value));
  const visits = useComputed(() => overlay.value.nodes.get(nodeId)?.visits ?? 0);
  return (
    <>
      {visits.value > 1 && (
        <span class="card-visits" title={texts.timeline.visits(visits.value)}>
          ×{visits.value}
        </span>
      )}
      {note.value && (
        <p class={`card-note ${note.value.tone}`} title={note.value.words}>
          {note.value.words}
        </p>
      )}
    </>
  );
}
