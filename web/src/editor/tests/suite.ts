import type {
  Coverage,
  Exploration,
  FlowTest,
  NewTest,
  ReplayReport,
  TestResult,
} from '@crmflow/contracts';
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ApiError } from '../../api/api-error.js';
import { asApiError } from '../../api/as-api-error.js';
import {
  createTest,
  createTestOfRun,
  deleteTest,
  exploreFlow,
  listTests,
  replayRuns,
  runTests,
  saveTest,
} from '../../api/tests.js';
import { attempt as tell } from '../../ui/toast/attempt.js';
import { noOverlay, type RunOverlay } from '../canvas/run-overlay.js';
import type { DocumentReader } from '../model/store.js';
import type { AutoSave } from '../save/auto-save.js';
import { coverageOverlay, resultOverlay } from './overlays.js';

/** What is looked at beside the canvas. */
export type SuiteView = 'tests' | 'weakSpots' | 'replay';

/** How many of the newest conversations are tried. */
export const replayedCount = 50;

/** The tests of a flow, and what came of them. */
export type Suite = {
  view: Signal<SuiteView>;
  /** Undefined until they are there. */
  tests: ReadonlySignal<readonly FlowTest[] | undefined>;
  /** The test that is open, by its id. */
  opened: Signal<string | undefined>;
  results: ReadonlySignal<ReadonlyMap<string, TestResult>>;
  /** What all tests reach together; undefined until all have run. */
  coverage: ReadonlySignal<Coverage | undefined>;
  exploration: ReadonlySignal<Exploration | undefined>;
  replay: ReadonlySignal<ReplayReport | undefined>;
  /** What is under way. */
  busy: ReadonlySignal<'run' | 'explore' | 'replay' | undefined>;
  failure: Signal<ApiError | undefined>;
  /** What all of it looks like on the canvas. */
  overlay: ReadonlySignal<RunOverlay>;
  load(): Promise<void>;
  /** Saves the flow, and runs these tests on it, or all. */
  run(ids?: readonly string[]): Promise<void>;
  explore(): Promise<void>;
  replayNewest(): Promise<void>;
  /** Adds a test, and opens it. */
  add(test: NewTest): Promise<void>;
  /** Makes a test of a run, and opens it. @returns whether that went well; otherwise it is told */
  addOfRun(runId: string): Promise<boolean>;
  /** Stores a test that was changed, and runs it. @throws ApiError */
  save(test: FlowTest): Promise<void>;
  remove(id: string): Promise<void>;
};

/** @param flowId whose tests they are */
export function createSuite(
  flowId: string,
  document: DocumentReader,
  saving: Pick<AutoSave, 'whenSaved'>,
): Suite {
  const view = signal<SuiteView>('tests');
  const tests = signal<readonly FlowTest[] | undefined>(undefined);
  const opened = signal<string | undefined>(undefined);
  const results = signal<ReadonlyMap<string, TestResult>>(new Map());
  const coverage = signal<Coverage | undefined>(undefined);
  const exploration = signal<Exploration | undefined>(undefined);
  const replay = signal<ReplayReport | undefined>(undefined);
  const busy = signal<'run' | 'explore' | 'replay' | undefined>(undefined);
  const failure = signal<ApiError | undefined>(undefined);

  const overlay = computed(() => {
    if (view.value === 'weakSpots') {
      return exploration.value ? coverageOverlay(exploration.value.coverage) : noOverlay;
    }
    if (view.value === 'replay') return noOverlay;
    const result = results.value.get(opened.value ?? '');
    if (opened.value !== undefined) return result ? resultOverlay(result, document) : noOverlay;
    return coverage.value
      ? coverageOverlay(coverage.value, [...results.value.values()])
      : noOverlay;
  });

  /** What goes wrong is told. */
  const attempt = async (work: () => Promise<void>) => {
    failure.value = undefined;
    try {
      await work();
    } catch (error) {
      failure.value = asApiError(error);
    }
  };
  const doing = async (what: 'run' | 'explore' | 'replay', work: () => Promise<void>) => {
    busy.value = what;
    await attempt(work);
    busy.value = undefined;
  };
  const run = (ids?: readonly string[]) =>
    doing('run', async () => {
      const report = await saving.whenSaved(() => runTests(flowId, ids));
      const kept = ids ? results.peek() : new Map<string, TestResult>();
      results.value = new Map([
        ...kept,
        ...report.results.map((one): [string, TestResult] => [one.testId, one]),
      ]);
      if (!ids) coverage.value = report.coverage;
    });

  const open = async (test: FlowTest) => {
    tests.value = [...(tests.peek() ?? []), test];
    view.value = 'tests';
    opened.value = test.id;
    await run([test.id]);
  };

  return {
    ...{ view, tests, opened, results, coverage, exploration, replay, busy, failure, overlay },
    load: () =>
      attempt(async () => {
        tests.value = await listTests(flowId);
      }),
    run,
    explore: () =>
      doing('explore', async () => {
        exploration.value = await saving.whenSaved(() => exploreFlow(flowId));
      }),
    replayNewest: () =>
      doing('replay', async () => {
        replay.value = await saving.whenSaved(() => replayRuns(flowId, replayedCount));
      }),
    add: (fields) => attempt(async () => open(await createTest(flowId, fields))),
    addOfRun: (runId) =>
      tell(async () => {
        const test = await createTestOfRun(runId);
        // All of them: others may not have been read yet.
        tests.value = (await listTests(flowId)).filter(({ id }) => id !== test.id);
        await open(test);
      }),
    async save(test) {
      const saved = await saveTest(test);
      tests.value = tests.peek()?.map((one) => (one.id === saved.id ? saved : one));
      await run([saved.id]);
    },
    remove: (id) =>
      attempt(async () => {
        await deleteTest(id);
        tests.value = tests.peek()?.filter((one) => one.id !== id);
        if (opened.peek() === id) opened.value = undefined;
      }),
  };
}
