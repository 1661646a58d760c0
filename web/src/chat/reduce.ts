import type { AiChunk, NodeRetrying, NodeSlow, RunSnapshot } from '@crmflow/contracts';
import { addChunk, addRetry, addSlow, afterEvent, type Live } from './live.js';
import { applyEvent, type LogEvent, progressOf, type RunProgress } from './progress.js';

/** A run as this page has come to know it. */
export type FollowedRun = {
  snapshot: RunSnapshot;
  /** What the snapshot had; the log goes on from there. */
  base: RunProgress;
  /** `base` and the whole log. */
  progress: RunProgress;
  /** The numbered events after the snapshot, without gaps. */
  log: readonly LogEvent[];
  /** Events that came before their turn, ascending. */
  ahead: readonly LogEvent[];
  live: Live;
  /** The snapshot itself was rewound: only a new one helps. */
  isOutdated: boolean;
};

/** What may happen to a run that is watched. */
export type RunAction =
  | { kind: 'event'; event: LogEvent }
  | { kind: 'chunk'; chunk: AiChunk }
  | { kind: 'retrying'; retrying: NodeRetrying }
  | { kind: 'slow'; slow: NodeSlow }
  | { kind: 'rewound'; toSeq: number };

/** A run as a fresh snapshot has it. */
export function initialState(snapshot: RunSnapshot): FollowedRun {
  const base = progressOf(snapshot);
  const state = { snapshot, base, progress: base, log: [], ahead: [], isOutdated: false };
  return { ...state, live: liveOf(snapshot) };
}

function liveOf({ currentNodes: [node] }: RunSnapshot): Live {
  if (!node) return {};
  const { nodeId, visit, attempt = 1, lastError = '', nextRetryAt, attemptStartedAt } = node;
  if (attemptStartedAt !== undefined) {
    return { slow: { nodeId, visit, attempt, startedAt: attemptStartedAt } };
  }
  if (nextRetryAt === undefined) return {};
  // The snapshot names the attempt that comes next.
  const failed = Math.max(1, attempt - 1);
  const error = { code: '', message: lastError };
  return { retrying: { nodeId, visit, attempt: failed, error, nextRetryAt } };
}

function insert(events: readonly LogEvent[], event: LogEvent): readonly LogEvent[] {
  const at = events.findIndex(({ seq }) => seq >= event.seq);
  if (at === -1) return [...events, event];
  return events[at]?.seq === event.seq ? events : events.toSpliced(at, 0, event);
}

function append(state: FollowedRun, event: LogEvent): FollowedRun {
  const progress = applyEvent(state.progress, event);
  return {
    ...state,
    progress,
    log: [...state.log, event],
    live: afterEvent(state.live, progress, event),
  };
}

/** Applies an event once and in its turn, whenever and however often it comes. */
function receive(state: FollowedRun, event: LogEvent): FollowedRun {
  const { lastSeq } = state.progress;
  if (event.seq <= lastSeq) return state;
  if (event.seq > lastSeq + 1) return { ...state, ahead: insert(state.ahead, event) };
  let taken = append(state, event);
  for (const next of state.ahead) {
    if (next.seq > taken.progress.lastSeq + 1) break;
    if (next.seq === taken.progress.lastSeq + 1) taken = append(taken, next);
  }
  const { lastSeq: last } = taken.progress;
  return { ...taken, ahead: state.ahead.filter(({ seq }) => seq > last) };
}

/** Forgets what came after `toSeq`; the server sends it again. */
function rewind(state: FollowedRun, toSeq: number): FollowedRun {
  if (toSeq >= state.progress.lastSeq) return { ...state, ahead: [] };
  const log = state.log.filter(({ seq }) => seq <= toSeq);
  const isOutdated = toSeq < state.base.lastSeq;
  return {
    ...state,
    log,
    ahead: [],
    progress: log.reduce(applyEvent, state.base),
    live: {},
    isOutdated,
  };
}

/** The run after one more thing that the server sent. Pure: the same actions, the same run. */
export function reduce(state: FollowedRun, action: RunAction): FollowedRun {
  switch (action.kind) {
    case 'event':
      return receive(state, action.event);
    case 'chunk':
      return { ...state, live: addChunk(state.live, state.progress, action.chunk) };
    case 'retrying':
      return { ...state, live: addRetry(state.live, state.progress, action.retrying) };
    case 'slow':
      return { ...state, live: addSlow(state.live, state.progress, action.slow) };
    case 'rewound':
      return rewind(state, action.toSeq);
  }
}
