import { limits } from '@crmflow/contracts/limits';
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import { ApiError } from '../../api/api-error.js';
import { asApiError } from '../../api/as-api-error.js';
import { forkRun, listEvents } from '../../api/runs.js';
import { ask, openSocket } from '../../realtime/socket.js';
import type { LogEvent } from '../../chat/progress.js';
import { startRun } from '../../chat/start-run.js';
import { type WatchedRun, watchRun } from '../../chat/watch-run.js';
import { deviceStorage } from '../../storage.js';
import { texts as appTexts } from '../../texts.js';
import type { DocumentReader } from '../model/store.js';
import type { AutoSave } from '../save/auto-save.js';
import { createPausePoints, type PausePoints } from './pause-points.js';
import { noOverlay, overlayOf, type RunOverlay } from '../canvas/run-overlay.js';
import { sendPausePoints } from './send-pause-points.js';
import { newId } from '../../new-id.js';
import { whenPaused } from './when-paused.js';
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
  /** How the test that is shown was begun, where this page has begun it. */
  mode: ReadonlySignal<'auto' | 'step' | undefined>;
  /**
   * Goes on from where the run that is shown has failed: a test as the flow is drawn by now, any other
   * run as the version that it is of.
   */
  retry(): Promise<void>;
  /** Goes back to a node, in a new run of the flow as it is drawn, with what was known there. */
  goBack(nodeId: string, visit: number | undefined): Promise<void>;
  /** As `goBack`, to a node that waits, and on from there without waiting. */
  skipWait(nodeId: string, visit: number): Promise<void>;
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
  const mode = signal<'auto' | 'step' | undefined>(undefined);
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

  const fork = async (nodeId: string, visit: number | undefined, by = mode.peek() ?? 'auto') => {
    const from = run.peek();
    if (!from) return;
    const place = { nodeId, ...(visit !== undefined && { visit }), mode: by };
    const requestId = newId();
    const { runId } = await saving.whenSaved(() =>
      forkRun(from.runId, { ...place, version: 'draft', requestId }),
    );
    attach(runId);
  };
  const command = async <K extends 'workflow:advance' | 'workflow:continue'>(
    name: K,
    payload: Parameters<typeof ask<K>>[2],
  ) => {
    const answer = await ask(openSocket(), name, payload);
    if (answer?.ok) return;
    throw answer
      ? new ApiError(answer.error.code, answer.error.message)
      : new ApiError('unreachable', appTexts.failures.unreachable);
  };

  return {
    run,
    attached,
    isStarting,
    mode,
    failure,
    overlay,
    pausePoints,
    attach(runId) {
      mode.value = undefined;
      attach(runId);
    },
    leave,
    close() {
      stopSending();
      close();
    },
    start: (by) =>
      begin(async () => {
        const nodeIds = [...pausePoints.nodeIds.peek()].slice(0, limits.pausePoints);
        const options = { mode: by, ...(nodeIds.length > 0 && { pausePoints: nodeIds }) };
        const runId = await saving.whenSaved((revision) =>
          startRun(openSocket(), flowId, { ...options, revision }),
        );
        mode.value = by;
        attach(runId);
      }),
    goBack: (nodeId, visit) => begin(() => fork(nodeId, visit)),
    skipWait: (nodeId, visit) =>
      begin(async () => {
        await fork(nodeId, visit, 'step');
        const forked = run.peek();
        if (!forked || !(await whenPaused(forked, (at) => at === nodeId))) return;
        const { runId } = forked;
        await command('workflow:advance', { runId, fromNodeId: nodeId });
        // It pauses once more behind the node, from where it goes on.
        if (!(await whenPaused(forked, (at) => at !== nodeId))) return;
        if (mode.peek() !== 'step') await command('workflow:continue', { runId });
      }),
    retry: () =>
      begin(async () => {
        const { runId, state } = run.peek() ?? {};
        if (runId === undefined) return;
        const { snapshot, progress } = state?.peek() ?? {};
        const nodeId = progress?.error?.nodeId;
        if (snapshot?.version === 'draft' && nodeId !== undefined) {
          await fork(nodeId, undefined);
          return;
        }
        await retryRun(runId);
        attach(runId);
      }),
  };
}
