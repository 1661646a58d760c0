import type {
  CurrentNode,
  KnowledgeSource,
  NodeType,
  RunError,
  RunEvent,
  RunSnapshot,
  RunStatus,
  TranscriptMessage,
  Waiting,
} from '@crmflow/contracts';

type WithTextTime<E> = E extends { at: number } ? Omit<E, 'at'> & { at: string } : never;

/** A numbered event as clients see it; `at` is ISO 8601. Its `type` tells what `data` is. */
export type LogEvent = WithTextTime<RunEvent>;

/** The node at which the run is; label and type are known once its activation came. */
export type ActiveNode = {
  nodeId: string;
  visit: number;
  state: CurrentNode['state'];
  label?: string;
  type?: NodeType;
};

/** Entry of the transcript, with the visit that said it and its sources where they are known. */
export type Message = TranscriptMessage & {
  visit?: number;
  sources?: readonly KnowledgeSource[];
};

/** The sources of an answer that has not become a message yet. */
export type Cited = {
  nodeId?: string | undefined;
  visit?: number | undefined;
  sources: readonly KnowledgeSource[];
};

/** What the numbered events add up to: the same events give the same progress. */
export type RunProgress = {
  lastSeq: number;
  status: RunStatus;
  messages: readonly Message[];
  active?: ActiveNode;
  cited?: Cited;
  waiting?: Waiting;
  /** The person who answers in place of the flow. */
  heldBy?: { userId: string; name: string };
  error?: RunError;
  /** ISO 8601. */
  finishedAt?: string;
};

/** The progress that a snapshot has. */
export function progressOf(snapshot: RunSnapshot): RunProgress {
  const { lastSeq, status, messages, waiting, heldBy, error, finishedAt } = snapshot;
  const [node] = snapshot.currentNodes;
  return {
    lastSeq,
    status,
    messages,
    ...(node && { active: { nodeId: node.nodeId, visit: node.visit, state: node.state } }),
    ...(waiting && { waiting }),
    ...(heldBy && { heldBy }),
    ...(error && { error }),
    ...(finishedAt !== undefined && { finishedAt }),
  };
}

type EventOf<T extends LogEvent['type']> = Extract<LogEvent, { type: T }>;

function activate(progress: RunProgress, event: EventOf<'node.activated'>): RunProgress {
  const { nodeId = '', visit = 1, data } = event;
  return { ...progress, status: 'running', active: { nodeId, visit, state: 'active', ...data } };
}

function leave({ active, waiting, ...progress }: RunProgress, event: LogEvent): RunProgress {
  return {
    ...progress,
    status: 'running',
    ...(active && active.nodeId !== event.nodeId && { active }),
    ...(waiting && waiting.nodeId !== event.nodeId && { waiting }),
  };
}

function cite(
  { cited: _before, ...progress }: RunProgress,
  event: EventOf<'ai.completed'>,
): RunProgress {
  const { nodeId, visit, data } = event;
  return data.sources?.length
    ? { ...progress, cited: { nodeId, visit, sources: data.sources } }
    : progress;
}

function addMessage(progress: RunProgress, event: EventOf<'message'>): RunProgress {
  const { at, nodeId, visit, data } = event;
  const { cited } = progress;
  const isCited = data.role === 'ai' && cited?.nodeId === nodeId && cited?.visit === visit;
  if (progress.messages.some(({ id }) => id === data.id)) return progress;
  const message: Message = {
    ...data,
    at,
    ...(nodeId !== undefined && { nodeId }),
    ...(visit !== undefined && { visit }),
    ...(isCited && cited && { sources: cited.sources }),
  };
  const next = { ...progress, messages: [...progress.messages, message] };
  if (data.role !== 'user' || progress.heldBy) return next;
  const { waiting: _answered, ...rest } = next;
  return { ...rest, status: 'running' };
}

function wait(progress: RunProgress, { nodeId = '', data }: EventOf<'waiting'>): RunProgress {
  const active = progress.active && { active: { ...progress.active, state: 'waiting' as const } };
  return { ...progress, ...active, status: 'waiting', waiting: { nodeId, ...data } };
}

function changeControl(
  { heldBy: _before, waiting, ...progress }: RunProgress,
  { data: { by, userId = '', name = '', how } }: EventOf<'control.changed'>,
): RunProgress {
  if (by === 'operator') return { ...progress, status: 'waiting', heldBy: { userId, name } };
  // The run tells what it waits for, where it asks again.
  return { ...progress, ...(how === 'timeout' && waiting && { waiting }), status: 'running' };
}

function requestPerson(progress: RunProgress): RunProgress {
  const active = progress.active && { active: { ...progress.active, state: 'waiting' as const } };
  return { ...progress, ...active, status: 'waiting' };
}

function pause(progress: RunProgress, { nodeId = '', visit = 1 }: EventOf<'paused'>): RunProgress {
  return { ...progress, status: 'paused', active: { nodeId, visit, state: 'paused' } };
}

function finish(progress: RunProgress, { at, data }: EventOf<'run.finished'>): RunProgress {
  const { active: _active, waiting: _waiting, error: _error, heldBy: _held, ...rest } = progress;
  const { status, error } = data;
  return { ...rest, status, finishedAt: at, ...(error && { error }) };
}

function apply(progress: RunProgress, event: LogEvent): RunProgress {
  switch (event.type) {
    case 'node.activated':
      return activate(progress, event);
    case 'node.completed':
    case 'node.failed':
      return leave(progress, event);
    case 'message':
      return addMessage(progress, event);
    case 'waiting':
      return wait(progress, event);
    case 'paused':
      return pause(progress, event);
    case 'run.finished':
      return finish(progress, event);
    case 'control.changed':
      return changeControl(progress, event);
    case 'handoff.requested':
      return requestPerson(progress);
    case 'ai.completed':
      return event.data.suggestion ? progress : cite(progress, event);
    case 'ai.started':
    case 'run.started':
    case 'variable.set':
      return progress;
  }
}

/**
 * The progress after one event more.
 * @param event the very next one; the caller keeps the order
 */
export function applyEvent(progress: RunProgress, event: LogEvent): RunProgress {
  return { ...apply(progress, event), lastSeq: event.seq };
}
