import { limits } from '@crmflow/contracts/limits';
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { ApiError } from '../../api/api-error.js';
import { asApiError } from '../../api/as-api-error.js';
import { listEvents } from '../../api/runs.js';
import { openSocket } from '../../realtime/socket.js';
import type { LogEvent } from '../../chat/progress.js';
import { startRun } from '../../chat/start-run.js';
import { type WatchedRun, watchRun } from '../../chat/watch-run.js';
import { deviceStorage } from '../../storage.js';
import type { DocumentReader } from '../model/store.js';
import type { AutoSave } from '../save/auto-save.js';
import { createPausePoints, type PausePoints } from './pause-points.js';
import { noOverlay, overlayOf, type RunOverlay } from '../canvas/run-overlay.js';
import { sendPausePoints } from './send-pause-points.js';
import { retryRun } from './test-runs.js';

/** The run that is shown beside the canvas and on it. */
export type TestSession = {
  run: ReadonlySignal<WatchedRun | undefined>;
  /** Counts how often one was attached to; a run that is retried is followed again. */
  attached: ReadonlySignal<number>;
  isStarting: ReadonlySignal<boolean>;
  failure: ReadonlySignal<ApiError | undefined>;
  overlay: ReadonlySignal<RunOverlay>;
  pausePoints: PausePoints;
  /** Saves the flow, and runs it as it is drawn. */
  start(mode: 'auto' | 'step'): Promise<void>;
  /** Lets the run that is shown, which failed, go on from where it failed. */
  retry(): Promise<void>;
  /** Shows a run that goes on, such as after a reload. */
  attach(runId: string): void;
  /** Shows none any more; the run itself goes on. */
  leave(): void;
  /** Stops watching; the page shows the same run when it comes back. */
  close(): void;
};

/** @param flowId whose runs it starts */
export function createTestSession(
  flowId: string,
  document: DocumentReader,
  saving: Pick<AutoSave, 'whenSaved'>,
): TestSession {
  const run = signal<WatchedRun | undefined>(undefined);
  const attached = signal(0);
  const isStarting = signal(false);
  const failure = signal<ApiError | undefined>(undefined);
  /** What happened before this page joined. */
  const earlier = signal<readonly LogEvent[]>([]);
  const kept = `test.${flowId}`;
  let stopLoading: (() => void) | undefined;
  const pausePoints = createPausePoints(flowId, document, deviceStorage);
  const stopSending = sendPausePoints(run, pausePoints);

  const overlay = computed(() => {
    const state = run.value?.state.value;
    if (!state) return noOverlay;
    const known = earlier.value.filter(({ seq }) => seq <= state.base.lastSeq);
    return overlayOf([...known, ...state.log]);
  });

  const loadEarlier = async (runId: string, lastSeq: number) => {
    const events: LogEvent[] = [];
    while ((events.at(-1)?.seq ?? 0) < lastSeq) {
      const page = (await listEvents(runId, events.at(-1)?.seq ?? 0)) as LogEvent[];
      if (page.length === 0) break;
      events.push(...page);
    }
    if (run.peek()?.runId === runId) earlier.value = events;
  };

  const close = () => {
    stopLoading?.();
    run.peek()?.close();
    run.value = undefined;
    earlier.value = [];
  };
  const leave = () => {
    close();
    deviceStorage.write(kept, '');
  };

  const attach = (runId: string) => {
    leave();
    const watched = watchRun(openSocket(), runId, deviceStorage);
    attached.value += 1;
    run.value = watched;
    deviceStorage.write(kept, runId);
    let isLoaded = false;
    stopLoading = effect(() => {
      const lastSeq = watched.state.value?.base.lastSeq;
      if (lastSeq === undefined || isLoaded) return;
      isLoaded = true;
      loadEarlier(runId, lastSeq).catch((error: unknown) => (failure.value = asApiError(error)));
    });
  };

  const last = deviceStorage.read(kept);
  if (last) attach(last);

  /** One thing at a time; what goes wrong is told. */
  const begin = async (work: () => Promise<void>) => {
    if (isStarting.peek()) return;
    isStarting.value = true;
    failure.value = undefined;
    try {
      await work();
    } catch (error) {
      failure.value = asApiError(error);
    }
    isStarting.value = false;
  };

  return {
    run,
    attached,
    isStarting,
    failure,
    overlay,
    pausePoints,
    attach,
    leave,
    close() {
      stopSending();
      close();
    },
    start: (mode) =>
      begin(async () => {
        const nodeIds = [...pausePoints.nodeIds.peek()].slice(0, limits.pausePoints);
        const options = { mode, ...(nodeIds.length > 0 && { pausePoints: nodeIds }) };
        const runId = await saving.whenSaved((revision) =>
          startRun(openSocket(), flowId, { ...options, revision }),
        );
        attach(runId);
      }),
    retry: () =>
      begin(async () => {
        const runId = run.peek()?.runId;
        if (runId === undefined) return;
        await retryRun(runId);
        attach(runId);
      }),
  };
}
