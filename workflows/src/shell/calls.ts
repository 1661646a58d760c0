import { type CancellationScope, condition } from '@temporalio/workflow';
import type { Call, Ended } from '../core/index.js';
import { type RunningActivity, runActivity } from './run-activity.js';
import type { Passed } from './run-child.js';

/** The call of a run that is under way, if there is one: it goes on while a person speaks. */
export type Calls = {
  start(call: Call): void;
  /** Whether a call is under way; whether it is this one. */
  isPending(call?: Call): boolean;
  /** Settles once it has ended, or something else is true. */
  ended(orElse: () => boolean): Promise<void>;
  /** What came of it, once it has ended. */
  outcome(): Ended | undefined;
  /** Its outcome was taken. */
  forget(): void;
  /** Nobody wants it any more. */
  cancel(): void;
};

/**
 * @param root the scope whose cancellation cancels calls
 * @param passed what runs that the run starts get of it
 */
export function createCalls(root: CancellationScope, passed: () => Passed): Calls {
  type Pending = { call: Call; running: RunningActivity; ended?: Ended; failure?: Error };
  let pending: Pending | null = null;

  return {
    start(call) {
      const started: Pending = { call, running: runActivity(call, root, passed) };
      pending = started;
      started.running.outcome.then(
        (ended) => (started.ended = ended),
        (failure: Error) => (started.failure = failure),
      );
    },
    isPending: (call) => pending !== null && (call === undefined || pending.call === call),
    async ended(orElse) {
      const awaited = pending;
      await condition(
        () => awaited?.ended !== undefined || awaited?.failure !== undefined || orElse(),
      );
      if (awaited?.failure !== undefined) throw awaited.failure;
    },
    outcome: () => pending?.ended,
    forget() {
      pending = null;
    },
    cancel() {
      pending?.running.cancel();
      pending = null;
    },
  };
}
