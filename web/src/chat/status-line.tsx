import { isFinal } from '@crmflow/contracts/kinds';
import { connection } from '../realtime/socket.js';
import { errorText } from '../texts/error-text.js';
import { texts } from '../texts.js';
import { whenever } from '../ui/format/when.js';
import type { FollowedRun } from './reduce.js';

/** How a status looks. */
export type Tone = 'busy' | 'waiting' | 'ok' | 'bad' | 'warn';

/** What the status line says. */
export type StatusWords = { tone: Tone; words: string; detail?: string };

type LabelOf = (nodeId: string) => string;

function ended({ status, error }: FollowedRun['progress'], labelOf: LabelOf): StatusWords {
  const where = error?.nodeId === undefined ? '' : ` (${labelOf(error.nodeId)})`;
  return {
    tone: status === 'completed' ? 'ok' : status === 'failed' ? 'bad' : 'warn',
    words: texts.runStatuses[status],
    ...(error && { detail: `${errorText(error)}${where}` }),
  };
}

function waiting(
  { active, waiting: wait }: FollowedRun['progress'],
  labelOf: LabelOf,
): StatusWords {
  if (!wait && active) {
    return { tone: 'waiting', words: texts.status.sleeping(labelOf(active.nodeId)) };
  }
  const { status } = texts;
  const isCalled = wait?.expect === 'callback';
  if (!wait?.deadline) {
    return { tone: 'waiting', words: isCalled ? status.waitingForCall : status.waiting };
  }
  const until = isCalled ? status.waitingForCallUntil : status.waitingUntil;
  return { tone: 'waiting', words: until(whenever(wait.deadline)) };
}

function running({ progress, live }: FollowedRun, labelOf: LabelOf): StatusWords {
  if (live.retrying) {
    const { attempt, nextRetryAt, error } = live.retrying;
    const words = texts.status.retrying(attempt, whenever(nextRetryAt));
    return { tone: 'warn', words, ...(error.message && { detail: errorText(error) }) };
  }
  // What is written already says that the model responds.
  if (live.slow && !live.partial?.text) {
    const { startedAt, attempt } = live.slow;
    return { tone: 'busy', words: texts.status.slow(whenever(startedAt), attempt) };
  }
  if (live.partial && !live.partial.done) return { tone: 'busy', words: texts.status.answering };
  const { active } = progress;
  return {
    tone: 'busy',
    words: active
      ? texts.status.runningAt(active.label ?? labelOf(active.nodeId))
      : texts.runStatuses.running,
  };
}

function paused({ active }: FollowedRun['progress'], labelOf: LabelOf): StatusWords {
  const words = active
    ? texts.status.pausedBefore(labelOf(active.nodeId))
    : texts.runStatuses.paused;
  return { tone: 'waiting', words };
}

/** Where the run is, in words. @param labelOf a node's label, by its id */
export function statusWords(state: FollowedRun, labelOf: LabelOf): StatusWords {
  const { status } = state.progress;
  if (isFinal(status)) return ended(state.progress, labelOf);
  if (status === 'paused') return paused(state.progress, labelOf);
  return status === 'waiting' ? waiting(state.progress, labelOf) : running(state, labelOf);
}

/** Where the run is, and whether the page is connected. */
export function StatusLine({ status }: { status: StatusWords }) {
  return (
    <div class="status-line">
      <p class={`status ${status.tone}`} role="status">
        <span class="dot" />
        <span>
          {status.words}
          {status.detail && <span class="detail">{status.detail}</span>}
        </span>
      </p>
      {connection.value === 'lost' && (
        <p class="status warn" role="status">
          <span class="spinner" />
          {texts.run.reconnecting}
        </p>
      )}
    </div>
  );
}
