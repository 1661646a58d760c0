import type { Json } from '../json.js';
import type { NodeType } from '../flow/node.js';
import type { Choice, Expectation, RunError, Usage } from './parts.js';
import type { RunStatus } from './status.js';

/** What each numbered event carries in `data`. */
export interface RunEventData {
  'run.started': {
    workflowId: string;
    version: RunVersion;
    activeNode: string;
    totalNodes: number;
  };
  'node.activated': { label: string; type: NodeType };
  'node.completed': { handle: string; durationMs: number };
  'node.failed': { code: string; message: string };
  'ai.started': Record<string, never>;
  'ai.completed': { text: string; usage: Usage };
  message: { id: string; role: MessageRole; text: string };
  'variable.set': { name: string; value: Json };
  waiting: {
    label: string;
    expect: Expectation;
    choices?: Choice[];
    /** ISO 8601. */
    deadline?: string;
  };
  paused: { reason: string };
  'run.finished': { status: RunStatus; output?: Json; error?: RunError };
}

/** The types of numbered events. */
export type RunEventType = keyof RunEventData;

/** Who said a message: the visitor, the model, or the flow in words of its author. */
export type MessageRole = 'user' | 'ai' | 'system';

/** A published version's number, or the draft. */
export type RunVersion = number | 'draft';

/**
 * One numbered event of a run. `seq` counts from 1 without gaps; `at` is in epoch milliseconds
 * and is the stamp of the input that caused the event, so that telling it again tells the same.
 */
export type RunEvent = {
  [T in RunEventType]: {
    seq: number;
    at: number;
    type: T;
    nodeId?: string;
    visit?: number;
    data: RunEventData[T];
  };
}[RunEventType];

/** An event as REST gives it out: `at` in ISO 8601. */
export type WireEvent = Omit<RunEvent, 'at'> & { runId: string; at: string };
