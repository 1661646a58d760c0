import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { asApiError } from '../api/as-api-error.js';
import { listEvents } from '../api/runs.js';
import type { LogEvent } from './progress.js';

const pageSize = 200;
const largePage = 1_000;

/** The events that a snapshot has left behind, as far as they are loaded. */
export type EarlierEvents = {
  events: ReadonlySignal<readonly LogEvent[]>;
  isLoading: ReadonlySignal<boolean>;
  /** Why they cannot be shown; empty where they can. */
  failure: ReadonlySignal<string>;
  /** Everything after it is here. */
  from: ReadonlySignal<number>;
  /** Gets a page more. */
  more(): Promise<void>;
  /** Gets what is missing. */
  all(): Promise<void>;
};

/** The events after `afterSeq` up to `lastSeq`; a page of large ones ends early. */
async function eventsBetween(
  runId: string,
  afterSeq: number,
  lastSeq: number,
): Promise<LogEvent[]> {
  const found: LogEvent[] = [];
  for (let seq = afterSeq; seq < lastSeq;) {
    const page = (await listEvents(runId, seq, lastSeq - seq)) as LogEvent[];
    const last = page.at(-1);
    if (!last) break;
    found.push(...page);
    seq = last.seq;
  }
  return found;
}

/**
 * The events that a snapshot has left behind, newest pages first.
 * @param lastSeq of the snapshot
 */
export function createEarlierEvents(runId: string, lastSeq: number): EarlierEvents {
  const events = signal<readonly LogEvent[]>([]);
  const isLoading = signal(false);
  const failure = signal('');
  const from = signal(lastSeq);

  async function load(size: number): Promise<void> {
    if (isLoading.peek() || from.peek() === 0) return;
    isLoading.value = true;
    failure.value = '';
    const afterSeq = Math.max(0, from.peek() - size);
    try {
      const found = await eventsBetween(runId, afterSeq, from.peek());
      batch(() => {
        events.value = [...found, ...events.value];
        from.value = afterSeq;
      });
    } catch (error) {
      failure.value = asApiError(error).message;
    }
    isLoading.value = false;
  }

  return {
    events,
    isLoading,
    failure,
    from,
    more: () => load(pageSize),
    async all() {
      while (from.peek() > 0 && !isLoading.peek()) {
        await load(largePage);
        if (failure.peek()) return;
      }
    },
  };
}
