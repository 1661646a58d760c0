import type { AiChunk, NodeRetrying, RunSnapshot } from '@crmflow/contracts';
import { hear, type Live, retry, settle } from './live.js';
import type { LogEvent } from './log-event.js';
import { type Story, storyOf } from './story.js';
import { tell } from './tell.js';

/** A run as this page has come to know it. */
export type RunState = {
  snapshot: RunSnapshot;
  /** What the snapshot told; the log goes on from there. */
  base: Story;
  /** `base` and the whole log. */
  story: Story;
  /** The numbered events after the snapshot, without gaps. */
  log: readonly LogEvent[];
  /** Events that came before their turn, ascending. */
  ahead: readonly LogEvent[];
  live: Live;
  /** The snapshot itself was rewound: only a new one helps. */
  isVoid: boolean;
};

/** What may happen to a run that is watched. */
export type RunAction =
  | { kind: 'event'; event: LogEvent }
  | { kind: 'chunk'; chunk: AiChunk }
  | { kind: 'retrying'; retrying: NodeRetrying }
  | { kind: 'rewound'; toSeq: number };

/** What a fresh snapshot says. */
export function begin(snapshot: RunSnapshot): RunState {
  const base = storyOf(snapshot);
  const state = { snapshot, base, story: base, log: [], ahead: [], isVoid: false };
  return { ...state, live: liveOf(snapshot) };
}

function liveOf({ currentNodes: [node] }: RunSnapshot): Live {
  if (node?.nextRetryAt === undefined) return {};
  const { nodeId, visit, attempt = 1, lastError = '', nextRetryAt } = node;
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

function take(state: RunState, event: LogEvent): RunState {
  const story = tell(state.story, event);
  return { ...state, story, log: [...state.log, event], live: settle(state.live, story, event) };
}

/** Takes an event once and in its turn, whenever and however often it comes. */
function receive(state: RunState, event: LogEvent): RunState {
  const { lastSeq } = state.story;
  if (event.seq <= lastSeq) return state;
  if (event.seq > lastSeq + 1) return { ...state, ahead: insert(state.ahead, event) };
  let taken = take(state, event);
  for (const next of state.ahead) {
    if (next.seq > taken.story.lastSeq + 1) break;
    if (next.seq === taken.story.lastSeq + 1) taken = take(taken, next);
  }
  const { lastSeq: told } = taken.story;
  return { ...taken, ahead: state.ahead.filter(({ seq }) => seq > told) };
}

/** Forgets what came after `toSeq`; it is told anew. */
function rewind(state: RunState, toSeq: number): RunState {
  if (toSeq >= state.story.lastSeq) return { ...state, ahead: [] };
  const log = state.log.filter(({ seq }) => seq <= toSeq);
  const isVoid = toSeq < state.base.lastSeq;
  return { ...state, log, ahead: [], story: log.reduce(tell, state.base), live: {}, isVoid };
}

/** The run after one more thing that the server told. Pure: the same telling, the same run. */
export function reduce(state: RunState, action: RunAction): RunState {
  switch (action.kind) {
    case 'event':
      return receive(state, action.event);
    case 'chunk':
      return { ...state, live: hear(state.live, state.story, action.chunk) };
    case 'retrying':
      return { ...state, live: retry(state.live, state.story, action.retrying) };
    case 'rewound':
      return rewind(state, action.toSeq);
  }
}
