import { computed, type ReadonlySignal } from '@preact/signals';
import { createEarlierEvents, type EarlierEvents } from '../../chat/earlier-events.js';
import type { LogEvent } from '../../chat/progress.js';
import type { WatchedRun } from '../../chat/watch-run.js';

/** The numbered events of a run: those that are loaded, and those that come. */
export type RunEvents = {
  /** Ascending, without gaps. */
  events: ReadonlySignal<readonly LogEvent[]>;
  earlier: EarlierEvents;
};

/** @param lastSeq of the snapshot that the run was joined by */
export function createRunEvents(run: WatchedRun, lastSeq: number): RunEvents {
  const earlier = createEarlierEvents(run.runId, lastSeq);
  // Apart, so that tokens, which change the state too, do not build the list again.
  const log = computed(() => run.state.value?.log ?? []);
  const events = computed(() => [...earlier.events.value, ...log.value]);
  return { events, earlier };
}
