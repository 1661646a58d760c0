import type { Coverage, FlowTest, NewTest, TestResult } from '@crmflow/contracts';
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ApiError } from '../../api/api-error.js';
import { asApiError } from '../../api/as-api-error.js';
import { createTest, deleteTest, listTests, runTests, saveTest } from '../../api/tests.js';
import { noOverlay, type RunOverlay } from '../canvas/run-overlay.js';
import type { DocumentReader } from '../model/store.js';
import type { AutoSave } from '../save/auto-save.js';
import { coverageOverlay, resultOverlay } from './overlays.js';

/** The tests of a flow, and what came of them. */
export type Suite = {
  /** Undefined until they are there. */
  tests: ReadonlySignal<readonly FlowTest[] | undefined>;
  /** The test that is open, by its id. */
  opened: Signal<string | undefined>;
  results: ReadonlySignal<ReadonlyMap<string, TestResult>>;
  /** What all tests reach together; undefined until all have run. */
  coverage: ReadonlySignal<Coverage | undefined>;
  /** Whether some run. */
  isRunning: ReadonlySignal<boolean>;
  failure: Signal<ApiError | undefined>;
  /** What all of it looks like on the canvas. */
  overlay: ReadonlySignal<RunOverlay>;
  load(): Promise<void>;
  /** Saves the flow, and runs these tests on it, or all. */
  run(ids?: readonly string[]): Promise<void>;
  /** Adds a test, and opens it. */
  add(test: NewTest): Promise<void>;
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
  const tests = signal<readonly FlowTest[] | undefined>(undefined);
  const opened = signal<string | undefined>(undefined);
  const results = signal<ReadonlyMap<string, TestResult>>(new Map());
  const coverage = signal<Coverage | undefined>(undefined);
  const isRunning = signal(false);
  const failure = signal<ApiError | undefined>(undefined);

  const overlay = computed(() => {
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
  const run = (ids?: readonly string[]) =>
    attempt(async () => {
      isRunning.value = true;
      const report = await saving.whenSaved(() => runTests(flowId, ids));
      const kept = ids ? results.peek() : new Map<string, TestResult>();
      results.value = new Map([
        ...kept,
        ...report.results.map((one): [string, TestResult] => [one.testId, one]),
      ]);
      if (!ids) coverage.value = report.coverage;
    }).finally(() => (isRunning.value = false));

  const open = async (test: FlowTest) => {
    tests.value = [...(tests.peek() ?? []), test];
    opened.value = test.id;
    await run([test.id]);
  };

  return {
    ...{ tests, opened, results, coverage, isRunning, failure, overlay },
    load: () =>
      attempt(async () => {
        tests.value = await listTests(flowId);
      }),
    run,
    add: (fields) => attempt(async () => open(await createTest(flowId, fields))),
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
