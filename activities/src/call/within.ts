import { createDeadline, rejection } from './deadline.js';

/**
 * Waits for a promise, but not longer than `ms` milliseconds.
 * @param late what to throw then
 * @throws Error once the time is over; what the promise does later is ignored
 */
export async function within<T>(promise: Promise<T>, ms: number, late?: Error): Promise<T> {
  const deadline = createDeadline(ms);
  try {
    return await Promise.race([promise, rejection(deadline.signal)]);
  } catch (error) {
    throw deadline.expired() && late ? late : error;
  } finally {
    deadline.end();
  }
}
