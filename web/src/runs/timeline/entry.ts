import type { Json, MessageRole, NodeType, Usage } from '@crmflow/contracts';
import type { LogEvent } from '../../chat/progress.js';

type EventOf<T extends LogEvent['type']> = Extract<LogEvent, { type: T }>;

/** How one visit of a node goes, or went. */
export type VisitState =
  'active' | 'waiting' | 'paused' | 'done' | 'skipped' | 'failed' | 'stopped';

/** One visit of a node: from coming to it to leaving it. */
export type VisitEntry = {
  kind: 'visit';
  /** Of its first event that is known. */
  seq: number;
  nodeId: string;
  visit: number;
  state: VisitState;
  label?: string;
  type?: NodeType;
  /** ISO 8601; absent where its beginning is not loaded. */
  startedAt?: string;
  /** ISO 8601. */
  endedAt?: string;
  durationMs?: number;
  /** By which it was left. */
  handle?: string;
  error?: { code: string; message: string };
  usage?: Usage;
  /** What the model was given to answer with. */
  sources: NonNullable<EventOf<'ai.completed'>['data']['sources']>;
  messages: { seq: number; role: MessageRole; text: string }[];
  variables: { seq: number; name: string; value: Json }[];
  waiting?: EventOf<'waiting'>['data'];
};

/** Something that happened to the run as a whole. */
export type RunEntry = {
  kind: 'run';
  seq: number;
  /** ISO 8601. */
  at: string;
  event: EventOf<'run.started'> | EventOf<'run.finished'> | EventOf<'control.changed'>;
};

/** A line of the timeline. */
export type TimelineEntry = VisitEntry | RunEntry;
