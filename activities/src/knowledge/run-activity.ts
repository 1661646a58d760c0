import { Context } from '@temporalio/activity';
import { CallError } from '../call/call-error.js';
import { isHandedOver, toApplicationFailure } from '../call/attempt.js';

const heartbeatMs = 1_000;

/** A worker that stops leaves its work to another; that is no fault of what is read. */
function reasonOf(error: unknown, context: Context): CallError {
  if (isHandedOver(context)) {
    return new CallError('internal', 'The worker is stopping; another worker takes over.', {
      retryable: true,
    });
  }
  if (error instanceof CallError) {
    const { forLog } = error as CallError;
    if (forLog !== undefined) context.log.warn(`A source could not be read: ${forLog}`);
    return error as CallError;
  }
  context.log.error('A knowledge source could not be read because of an unexpected error', {
    error,
  });
  return new CallError(
    'internal',
    'The source could not be read because of an unexpected error. See the worker log for the cause.',
    {
      retryable: true,
    },
  );
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
    throw toApplicationFailure(reasonOf(thrown, context), now());
  } finally {
    clearInterval(beat);
  }
}
