import { backoffMs } from '@crmflow/contracts';
import { Context } from '@temporalio/activity';
import { CallError } from './call-error.js';
import { createDeadline } from './deadline.js';

const outageMs = 120_000;
const retry = { firstMs: 250, maxMs: 2_000 };

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}

/**
 * Reads from the database, and waits for it through an outage of up to two minutes: attempts of the
 * call are few and meant for the other side's faults.
 * @param signal ends the waiting; its reason is thrown
 * @throws CallError `database_unavailable`, and what `read` itself refuses, at once
 */
export async function readWithRetry<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const deadline = createDeadline(outageMs, signal);
  try {
    for (let failures = 1; ; failures += 1) {
      signal.throwIfAborted();
      try {
        return await read();
      } catch (error) {
        // What was read says no: waiting changes nothing.
        if (error instanceof CallError) throw error;
        Context.current().log.warn('The database is not responding; the node waits for it', {
          error,
        });
      }
      await pause(backoffMs(failures, retry, Math.random()), deadline.signal);
      if (deadline.expired()) {
        const message = `The database did not respond for ${outageMs / 1000} s.`;
        throw new CallError('database_unavailable', message, { retryable: true });
      }
    }
  } finally {
    deadline.end();
  }
}
