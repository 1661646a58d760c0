import { batch, signal } from '@preact/signals';
import { asApiError } from '../api/as-api-error.js';
import { listEvents } from '../api/runs.js';
import type { LogEvent } from './log-event.js';

const pageSize = 200;

/**
 * The events that a snapshot has left behind, newest pages first.
 * @param lastSeq of the snapshot
 */
export function createEarlierEvents(runId: string, lastSeq: number) {
  const events = signal<readonly LogEvent[]>([]);
  const isLoading = signal(false);
  const failure = signal('');
  /** Everything after it is here. */
  const from = signal(lastSeq);

  async function more(): Promise<void> {
    if (isLoading.peek() || from.peek() === 0) return;
    isLoading.value = true;
    failure.value = '';
    const afterSeq = Math.max(0, from.peek() - pageSize);
    try {
      const page = (await listEvents(runId, afterSeq)) as LogEvent[];
      batch(() => {
        events.value = [...page.filter(({ seq }) => seq <= from.value), ...events.value];
        from.value = afterSeq;
      });
    } catch (error) {
      failure.value = asApiError(error).message;
    }
    isLoading.value = false;
  }

  return { events, isLoading, failure, from, more };
}
