import type { CallKey } from '@crmflow/contracts';
import type { LiveEvent } from '@crmflow/db';
import { Context } from '@temporalio/activity';
import { CallError } from './call-error.js';
import { type FailedAttempt, judge, toApplicationFailure } from './failure.js';
import { within } from './within.js';

const heartbeatMs = 1_000;
const publishMs = 1_000;

/** What every call needs; `now` gives epoch milliseconds. */
export type AttemptDeps = {
  /** Sends an event to those who watch a run: best effort, at most once. */
  live: (runId: string, event: LiveEvent) => Promise<void>;
  now: () => number;
};

/** One attempt at a call: its number, from 1, and the signal that it shall end. */
export type Attempt = { number: number; signal: AbortSignal };

async function tell(deps: AttemptDeps, key: CallKey, failed: FailedAttempt, at: number) {
  if (failed.delayMs === null) return;
  const { code, message } = failed.error;
  const telling = deps.live(key.runId, {
    event: 'node:retrying',
    data: {
      nodeId: key.nodeId,
      visit: key.visit,
      attempt: Context.current().info.attempt,
      error: { code, message },
      nextRetryAt: new Date(at + failed.delayMs).toISOString(),
    },
  });
  try {
    await within(telling, publishMs);
  } catch (error) {
    Context.current().log.warn('A retry could not be announced', { error });
  }
}

function reasonOf(error: unknown, context: Context): unknown {
  if (!context.cancellationSignal.aborted) return error;
  if (!context.cancellationDetails?.workerShutdown) throw context.cancellationSignal.reason;
  return new CallError(
    'internal_node_error',
    'The worker is stopping; another worker takes over.',
    {
      retryable: true,
    },
  );
}

/**
 * Runs one attempt of a call inside an activity: sends heartbeats, and turns what it throws into an
 * `ApplicationFailure` whose `type` is the error's code. Where Temporal will try again, those who
 * watch the run are told when.
 * @throws ApplicationFailure with a `CallErrorDetails` in its details; CancelledFailure
 */
export async function runAttempt<T>(
  deps: AttemptDeps,
  key: CallKey,
  work: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), heartbeatMs);
  try {
    return await work({ number: context.info.attempt, signal: context.cancellationSignal });
  } catch (thrown) {
    const failed = judge(reasonOf(thrown, context), context.info.attempt);
    if (failed.error !== thrown && !context.cancellationSignal.aborted) {
      context.log.error('A node failed with an unexpected error', { error: thrown });
    }
    const at = deps.now();
    await tell(deps, key, failed, at);
    throw toApplicationFailure(failed, at);
  } finally {
    clearInterval(beat);
  }
}
