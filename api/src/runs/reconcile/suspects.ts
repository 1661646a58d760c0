import type { ExecutionState } from '../engine.js';

/** How a run under way must not be: closed in Temporal, or not known there. */
export type ClosedState = Exclude<ExecutionState, 'running'>;

/** What closed a moment ago is about to be told by its worker. */
const closedGraceMs = 5_000;

/** Not known: Temporal may be starting, or another one than it was. */
const unknownGraceMs = 60_000;

/** Runs that seem to have ended without telling, until that is certain. */
export type Suspects = {
  add(runId: string, now: number): void;
  all(): string[];
  /** It goes on, or has told its end. */
  clear(runId: string): void;
  /** Whether it has been closed long enough to be ended. */
  isCertain(runId: string, state: ClosedState, now: number): boolean;
};

/** No suspects. Times are epoch milliseconds. */
export function createSuspects(): Suspects {
  const since = new Map<string, number>();
  return {
    add: (runId, now) => void (since.has(runId) || since.set(runId, now)),
    all: () => [...since.keys()],
    clear: (runId) => void since.delete(runId),
    isCertain(runId, state, now) {
      const first = since.get(runId);
      if (first === undefined) return false;
      return now - first >= (state === 'unknown' ? unknownGraceMs : closedGraceMs);
    },
  };
}
