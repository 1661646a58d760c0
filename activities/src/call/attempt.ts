import {
  type CallErrorDetails,
  type CallKey,
  defaultRetryForMs,
  nextRetry,
  type Patience,
  type RetrySpent,
} from '@crmflow/contracts';
import type { LiveEvent } from '@crmflow/db';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { CallError } from './call-error.js';
import { withTimeout } from './deadline.js';

const heartbeatMs = 1_000;
const publishMs = 1_000;
/** After this long without a result those who watch are told that the call still waits. */
const slowMs = 5_000;
/** An attempt that takes its worker down with it must not do so for ever: some 50 minutes. */
const maxLost = 100;

/**
 * What an attempt threw as a `CallError`: what nobody foresaw is worth another attempt. Its words are
 * for the log only, as they may tell of the installation.
 */
function toCallError(error: unknown): CallError {
  if (error instanceof CallError) return error as CallError;
  return new CallError(
    'internal_node_error',
    'The node failed with an unexpected error. See the worker log for the cause.',
    { retryable: true },
  );
}

/**
 * The failure as Temporal keeps it: `type` is the error's code, the details a `CallErrorDetails`.
 * @param at epoch milliseconds of the failure
 * @param delayMs the pause before the next attempt; null where there is none; undefined where
 *   Temporal's own policy decides
 */
export function toApplicationFailure(
  error: CallError,
  at: number,
  delayMs?: number | null,
): ApplicationFailure {
  const { code, message, status, customerText } = error;
  const details: CallErrorDetails = {
    ...{ code, message, at },
    ...(status !== undefined && { status }),
    ...(customerText && { customerText }),
  };
  return ApplicationFailure.create({
    message,
    type: code,
    nonRetryable: !error.retryable || delayMs === null,
    details: [details],
    ...(typeof delayMs === 'number' && { nextRetryDelay: delayMs }),
  });
}

/** What every call needs; `now` gives epoch milliseconds, `random` a number from 0 to 1. */
export type AttemptDeps = {
  /** Sends an event to those who watch a run: best effort, at most once. */
  live: (runId: string, event: LiveEvent) => Promise<void>;
  now: () => number;
  random: () => number;
};

/** One attempt at a call: its number, from 1, and the signal that aborts it. */
export type Attempt = { number: number; signal: AbortSignal };

/** What the attempts before have spent: heartbeats carry it from one attempt to the next. */
function spentBefore({ info }: Context): RetrySpent {
  const spent = info.heartbeatDetails as RetrySpent | undefined;
  return spent ?? { failures: 0, ms: 0 };
}

async function tell(deps: AttemptDeps, runId: string, event: LiveEvent): Promise<void> {
  try {
    await withTimeout(deps.live(runId, event), publishMs);
  } catch (error) {
    Context.current().log.warn('Those who watch a run could not be told of its call', { error });
  }
}

const tellSlow = (deps: AttemptDeps, { runId, nodeId, visit }: CallKey, startedAt: number) =>
  tell(deps, runId, {
    event: 'node:slow',
    data: {
      ...{ nodeId, visit, attempt: Context.current().info.attempt },
      startedAt: new Date(startedAt).toISOString(),
    },
  });

const tellRetry = (
  deps: AttemptDeps,
  { runId, nodeId, visit }: CallKey,
  { code, message }: CallError,
  nextAt: number,
) =>
  tell(deps, runId, {
    event: 'node:retrying',
    data: {
      ...{ nodeId, visit, attempt: Context.current().info.attempt },
      error: { code, message },
      nextRetryAt: new Date(nextAt).toISOString(),
    },
  });

/** The worker stops, and another one takes over: no fault of the call. */
export function isHandedOver({ cancellationSignal, cancellationDetails }: Context): boolean {
  if (!cancellationSignal.aborted) return false;
  if (cancellationDetails?.workerShutdown) return true;
  throw cancellationSignal.reason;
}

const handedOver = () =>
  new CallError('internal_node_error', 'The worker is stopping; another worker takes over.', {
    retryable: true,
  });

function refuseLost(attempt: number, { failures }: RetrySpent): void {
  if (attempt - 1 - failures < maxLost) return;
  const message = `The worker was lost ${maxLost} times during this call. Check the worker log for the cause, then retry the run.`;
  throw new CallError('internal_node_error', message, { retryable: false });
}

/**
 * Runs one attempt of a call inside an activity: sends heartbeats, and turns what it throws into an
 * `ApplicationFailure` whose `type` is the error's code. A failure that may pass is retried until
 * the time of `patience.retryForMs` is up. Those who watch the run are told of a call that is slow,
 * and when a failed one is retried.
 * @throws ApplicationFailure with a `CallErrorDetails` in its details; CancelledFailure
 */
export async function runAttempt<T>(
  deps: AttemptDeps,
  call: CallKey & Patience,
  work: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  const context = Context.current();
  const { attempt } = context.info;
  const spent = spentBefore(context);
  let carried = spent;
  const startedAt = deps.now();
  const beat = setInterval(() => context.heartbeat(carried), heartbeatMs);
  const slow = setTimeout(() => void tellSlow(deps, call, startedAt), slowMs);
  try {
    refuseLost(attempt, spent);
    return await work({ number: attempt, signal: context.cancellationSignal });
  } catch (thrown) {
    const at = deps.now();
    if (isHandedOver(context)) throw toApplicationFailure(handedOver(), at);
    const error = toCallError(thrown);
    if (error !== thrown) {
      context.log.error('A node failed with an unexpected error', { error: thrown });
    } else if (error.forLog !== undefined) {
      context.log.warn(`A call was refused: ${error.forLog}`);
    }
    if (!error.retryable) throw toApplicationFailure(error, at);
    const { retryForMs = defaultRetryForMs } = call;
    const failed = { tookMs: at - startedAt, retryAfterMs: error.retryAfterMs };
    const next = nextRetry(spent, failed, retryForMs, deps.random());
    if (!next) throw toApplicationFailure(error, at, null);
    // The server keeps the newest heartbeat for the next attempt.
    carried = next.spent;
    context.heartbeat(carried);
    await tellRetry(deps, call, error, at + next.delayMs);
    throw toApplicationFailure(error, at, next.delayMs);
  } finally {
    clearInterval(beat);
    clearTimeout(slow);
  }
}
