/** A signal that aborts after a time, or as soon as another one does. */
export type Deadline = {
  signal: AbortSignal;
  /** Whether it was the time that ran out. */
  expired(): boolean;
  /** Restarts the clock. */
  extend(): void;
  /** Stops the clock and aborts what is still under way. */
  end(): void;
};

/**
 * Starts a deadline. `AbortSignal.any` and `AbortSignal.timeout` are not used: Node 20 may collect
 * a timeout that only a combined signal holds.
 * @param ms milliseconds until it expires
 * @param outer a signal whose abort is passed on
 */
export function createDeadline(ms: number, outer?: AbortSignal): Deadline {
  const controller = new AbortController();
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    controller.abort(new Error(`nothing within ${ms} ms`));
  }, ms);
  const passOn = () => controller.abort(outer?.reason);
  outer?.addEventListener('abort', passOn, { once: true });
  if (outer?.aborted) passOn();
  return {
    signal: controller.signal,
    expired: () => expired,
    extend: () => void timer.refresh(),
    end: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', passOn);
      controller.abort(new Error('over'));
    },
  };
}

/** Rejects with the signal's reason as soon as it aborts, and never resolves. */
export function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(signal.reason as Error);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

/**
 * Waits for a promise, but not longer than `ms` milliseconds.
 * @param late what to throw then
 * @throws Error once the time is over; what the promise does later is ignored
 */
export async function withTimeout<T>(promise: Promise<T>, ms: number, late?: Error): Promise<T> {
  const deadline = createDeadline(ms);
  try {
    return await Promise.race([promise, rejection(deadline.signal)]);
  } catch (error) {
    throw deadline.expired() && late ? late : error;
  } finally {
    deadline.end();
  }
}
