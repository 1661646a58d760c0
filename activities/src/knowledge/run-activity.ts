import { Context } from '@temporalio/activity';
import { CallError } from '../call/call-error.js';
import { judge, toApplicationFailure } from '../call/failure.js';

const heartbeatMs = 1_000;

/** A worker that stops leaves its work to another; that is no fault of what is read. */
function reasonOf(error: unknown, context: Context): unknown {
  if (context.cancellationSignal.aborted) {
    if (!context.cancellationDetails?.workerShutdown) throw context.cancellationSignal.reason;
    return new CallError('internal', 'The worker is stopping; another one takes over.', {
      retryable: true,
    });
  }
  if (error instanceof CallError) return error;
  context.log.error('Knowledge could not be read, by a fault of ours', { error });
  return new CallError('internal', 'This is a fault of ours. The log of the worker says more.', {
    retryable: true,
  });
}

/**
 * Runs an activity of knowledge: sends heartbeats while it works, and turns what it throws into an
 * `ApplicationFailure` with code and message in its details. The workflow says how often it is
 * tried again.
 */
export async function runActivity<T>(
  work: (signal: AbortSignal) => Promise<T>,
  now: () => number,
): Promise<T> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), heartbeatMs);
  try {
    return await work(context.cancellationSignal);
  } catch (thrown) {
    const { error } = judge(reasonOf(thrown, context), 1);
    throw toApplicationFailure({ error, delayMs: null }, now());
  } finally {
    clearInterval(beat);
  }
}
