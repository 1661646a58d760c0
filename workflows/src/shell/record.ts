import {
  type IssuedCallback,
  type RecordInput,
  type RecordResult,
  type RunActivities,
  type RunEvent,
  type RunView,
  isFinal,
} from '@crmflow/contracts';
import {
  ApplicationFailure,
  TemporalFailure,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';

type Record = Pick<RunActivities, 'recordRunEvents'>;

/** One quick try that costs no round trip to the server. */
const local = proxyLocalActivities<Record>({
  summary: 'Record what happened',
  startToCloseTimeout: '2s',
  retry: { maximumAttempts: 1 },
});

/**
 * The patient way for when the database is away: local activities that retry would fill the
 * worker's slots and freeze every other run.
 */
const regular = proxyActivities<Record>({
  startToCloseTimeout: '10s',
  summary: 'Record what happened',
  retry: { initialInterval: '200ms', backoffCoefficient: 1.5, maximumInterval: '2s' },
});

/** Writes a run's events to the log, in order and in batches. */
export type Recorder = {
  add(told: { events: readonly RunEvent[]; callbacks: readonly IssuedCallback[] }): void;
  /**
   * Writes what was added since the last flush, together with the view after it.
   * @param options.viewOnly whether to write the view even if there is nothing to tell
   * @param options.burst where the run goes on at once: what the turn has cost, and who owns it
   * @returns for how many milliseconds it is to let others go first
   */
  flush(
    view: RunView,
    options?: { viewOnly?: boolean; burst?: RecordInput['burst'] },
  ): Promise<number>;
};

async function write(input: RecordInput): Promise<RecordResult> {
  try {
    return await local.recordRunEvents(input);
  } catch (failure) {
    // A local activity fails with its cause, not with the ActivityFailure that wraps others'.
    if (!(failure instanceof TemporalFailure)) throw failure;
    return regular.recordRunEvents(input);
  }
}

/**
 * A recorder for one run.
 * Its flush throws ApplicationFailure `run_deleted` where the run is no more.
 */
export function createRecorder(runId: string): Recorder {
  let pending: RunEvent[] = [];
  let issued: IssuedCallback[] = [];
  return {
    add({ events, callbacks }) {
      pending = [...pending, ...events];
      issued = [...issued, ...callbacks];
    },
    async flush(view, { viewOnly = false, burst } = {}) {
      const events = pending;
      const last = events.at(-1);
      if (!last && !viewOnly) return 0;
      const callbacks = issued;
      pending = [];
      issued = [];
      const result = await write({
        runId,
        events,
        view,
        ...(view.error && { error: view.error }),
        ...(last && isFinal(view.status) && { finishedAt: last.at }),
        ...(burst && { burst }),
        ...(callbacks.length > 0 && { callbacks }),
      });
      if (result === 'gone') {
        throw ApplicationFailure.nonRetryable(`run ${runId} was deleted`, 'run_deleted');
      }
      return result === 'recorded' ? 0 : result.pauseMs;
    },
  };
}
