import type { RunState } from './reduce.js';
import { isFinal } from '@crmflow/contracts/kinds';
import { texts } from '../texts.js';
import { whenever } from '../ui/format/when.js';
import { errorText } from '../texts/error-text.js';

/** How a status looks. */
export type Tone = 'busy' | 'waiting' | 'ok' | 'bad' | 'warn';

/** What the status line says. */
export type StatusWords = { tone: Tone; words: string; detail?: string };

type LabelOf = (nodeId: string) => string;

function ended({ status, error }: RunState['story'], labelOf: LabelOf): StatusWords {
  const where = error?.nodeId === undefined ? '' : ` (${labelOf(error.nodeId)})`;
  return {
    tone: status === 'completed' ? 'ok' : status === 'failed' ? 'bad' : 'warn',
    words: texts.runStatuses[status],
    ...(error && { detail: `${errorText(error)}${where}` }),
  };
}

function waiting({ active, waiting: wait }: RunState['story'], labelOf: LabelOf): StatusWords {
  if (!wait && active) {
    return { tone: 'waiting', words: texts.status.sleeping(labelOf(active.nodeId)) };
  }
  const words = wait?.deadline ? texts.status.waitingUntil(whenever(wait.deadline)) : null;
  return { tone: 'waiting', words: words ?? texts.status.waiting };
}

function running({ story, live }: RunState, labelOf: LabelOf): StatusWords {
  if (live.retrying) {
    const { attempt, nextRetryAt, error } = live.retrying;
    const words = texts.status.retrying(attempt, whenever(nextRetryAt));
    return { tone: 'warn', words, ...(error.message && { detail: errorText(error) }) };
  }
  if (live.draft && !live.draft.done) return { tone: 'busy', words: texts.status.answering };
  const { active } = story;
  return {
    tone: 'busy',
    words: active
      ? texts.status.runningAt(active.label ?? labelOf(active.nodeId))
      : texts.runStatuses.running,
  };
}

function paused({ active }: RunState['story'], labelOf: LabelOf): StatusWords {
  const words = active
    ? texts.status.pausedBefore(labelOf(active.nodeId))
    : texts.runStatuses.paused;
  return { tone: 'waiting', words };
}

/** Where the run is, in words. @param labelOf a node's label, by its id */
export function statusWords(state: RunState, labelOf: LabelOf): StatusWords {
  const { status } = state.story;
  if (isFinal(status)) return ended(state.story, labelOf);
  if (status === 'paused') return paused(state.story, labelOf);
  return status === 'waiting' ? waiting(state.story, labelOf) : running(state, labelOf);
}
