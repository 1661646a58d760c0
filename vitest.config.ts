import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { slowFiles } from './tests/slow-files.mjs';

// Node gets these conditions too, for require() as well: "import" among them would hand CommonJS
// packages modules that they cannot load.
const source = { conditions: ['@crmflow/source', 'node'] };
// With a real database, Temporal and browser on a busy machine, one of thousands of tests meets
// what nobody has thought of. It is tried once more, and named at the end: a bug to find.
const retry = 1;
const acrossProcesses = {
  retry,
  testTimeout: 120_000,
  hookTimeout: 300_000,
};
const shared = { resolve: source, ssr: { resolve: source } };

/** Starts the slow files first, so that the others run beside them. */
class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const slow = Object.keys(slowFiles);
    const isSlow = ({ moduleId }: TestSpecification) =>
      slow.some((path) => moduleId.endsWith(path));
    const sorted = await super.sort(files);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

// No test gets the model for passages from outside, unless it says so.
process.env['CRMFLOW_EMBEDDER'] ??= 'off';

/**
 * `unit`: beside the source, nothing needed. `integration`: beside the source, with a real
 * database and a real Temporal. `journeys`: across processes, on one installation for each test
 * worker. `installations`: those that need one of their own, because they kill what others need or
 * run in another environment. `soak`: the long forms of tests.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: SlowestFirst },
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: [
            '*/src/**/*.test.{ts,tsx}',
            'scripts/**/*.test.mjs',
            'tests/lint/**/*.test.ts',
            'tests/support/**/*.test.ts',
          ],
          testTimeout: 60_000,
          // A module graph for each file costs more than most of them: they leave no trace.
          pool: 'threads',
          isolate: false,
          maxWorkers: 2,
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          include: ['*/src/**/*.itest.ts'],
          globalSetup: ['tests/support/integration-setup.ts'],
          retry,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...shared,
        test: {
          name: 'journeys',
          include: ['tests/{journeys,openapi,web}/**/*.test.ts'],
          globalSetup: ['tests/support/journeys-setup.ts'],
          ...acrossProcesses,
          // They wait more than they compute.
          maxWorkers: 3,
          sequence: { groupOrder: 2 },
        },
      },
      {
        ...shared,
        test: {
          name: 'installations',
          include: ['tests/{boot,crash,deploy,long,outage,security,upgrade}/**/*.test.ts'],
          globalSetup: ['tests/support/journeys-setup.ts'],
          ...acrossProcesses,
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
      {
        ...shared,
        test: {
          name: 'soak',
          include: ['tests/**/*.soak.ts', 'workflows/src/core/rebuild/rebuild.test.ts'],
          globalSetup: ['tests/support/journeys-setup.ts'],
          testTimeout: 3_600_000,
          hookTimeout: 3_600_000,
          fileParallelism: false,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
