import type { Json } from '../json.js';
import type { MessageRole, RunVersion } from './event.js';
import type { Choice, Expectation, RunError } from './parts.js';
import type { RunStatus } from './status.js';

/** A node at which a run is. */
export type CurrentNode = {
  nodeId: string;
  visit: number;
  /** What it does: runs a call, waits for a reply, sleeps, or is paused before. */
  state: 'active' | 'waiting' | 'sleeping' | 'paused';
  /** Of its call, where that is not the first: from Temporal's pending activities. */
  attempt?: number;
  lastError?: string;
  /** ISO 8601. */
  nextRetryAt?: string;
};

/** What a listen node waits for. */
export type Waiting = {
  nodeId: string;
  label: string;
  expect: Expectation;
  choices?: Choice[];
  /** ISO 8601. */
  deadline?: string;
};

/**
 * What a run says of itself: the snapshot but for the messages, which are in the log.
 * It always speaks of the moment of the last flush, so it never knows more than the log.
 */
export type RunView = {
  status: RunStatus;
  currentNodes: CurrentNode[];
  waiting?: Waiting;
  variables: { [name: string]: Json };
  lastSeq: number;
  error?: RunError;
};

/** One message of the transcript. */
export type TranscriptMessage = {
  id: string;
  role: MessageRole;
  text: string;
  nodeId?: string;
  /** ISO 8601. */
  at: string;
};

/** A run as clients see it. Times are ISO 8601. */
export type RunSnapshot = RunView & {
  runId: string;
  workflowId: string;
  version: RunVersion;
  mode: 'auto' | 'step';
  /** The newest 200. */
  messages: TranscriptMessage[];
  startedAt: string;
  finishedAt?: string;
  /** Set where no worker answered in time and the log speaks instead. */
  stale?: true;
};
