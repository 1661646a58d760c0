import { type CallErrorDetails, type CallKey, retryDelayMs } from '@crmflow/contracts';
import type { LiveEvent } from '@crmflow/db';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { CallError } from './call-error.js';
import { withTimeout } from './deadline.js';

/** Longer waits that a service asks for are cut: someone waits for an answer. */
const maxRetryAfterMs = 300_000;

const heartbeatMs = 1_000;
const publishMs = 1_000;

/** A failed attempt: what it was, and the pause before the next one, if there is one. */
type FailedAttempt = { error: CallError; delayMs: number | null };

function known(error: unknown): CallError {
  if (error instanceof CallError) return error as CallError;
  const text = error instanceof Error ? error.message : String(error);
  return new CallError('internal_node_error', `The node failed with an unexpected error: ${text}`, {
    retryable: true,
  });
}

/**
 * Judges what an attempt threw.
 * @param attempt the attempt that failed, from 1
 */
export function judge(error: unknown, attempt: number): FailedAttempt {
  const fault = known(error);
  const delayMs = fault.retryable ? retryDelayMs(attempt) : null;
  if (delayMs === null) return { error: fault, delayMs };
  const asked = Math.min(fault.retryAfterMs ?? 0, maxRetryAfterMs);
  return { error: fault, delayMs: Math.max(delayMs, asked) };
}

/**
 * The failure as Temporal keeps it: `type` is the error's code, the details a `CallErrorDetails`.
 * @param at epoch milliseconds of the failure
 */
export function toApplicationFailure(
  { error, delayMs }: FailedAttempt,
  at: number,
): ApplicationFailure {
  const { code, message, status } = error;
  const details: CallErrorDetails = { code, message, ...(status !== undefined && { status }), at };
  return ApplicationFailure.create({
    message,
    type: code,
    nonRetryable: !error.retryable,
    details: [details],
    ...(delayMs !== null && { nextRetryDelay: delayMs }),
  });
}

/** What every call needs; `now` gives epoch milliseconds. */
export type AttemptDeps = {
  /** Sends an event to those who watch a run: best effort, at most once. */
  live: (runId: string, event: LiveEvent) => Promise<void>;
  now: () => number;
};

/** One attempt at a call: its number, from 1, and the signal that it shall end. */
export type Attempt = { number: number; signal: AbortSignal };

async function announceRetry(deps: AttemptDeps, key: CallKey, failed: FailedAttempt, at: number) {
  if (failed.delayMs === null) return;
  const { code, message } = failed.error;
  const announced = deps.live(key.runId, {
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
    await withTimeout(announced, publishMs);
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
    await announceRetry(deps, key, failed, at);
    throw toApplicationFailure(failed, at);
  } finally {
    clearInterval(beat);
  }
}
