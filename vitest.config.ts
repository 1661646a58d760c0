import { defineConfig } from 'vitest/config';

// Node gets these conditions too, for require() as well: "import" among them would hand CommonJS
// packages modules that they cannot load.
const source = { conditions: ['@crmflow/source', 'node'] };
const shared = { resolve: source, ssr: { resolve: source } };

/**
 * `unit`: beside the source, nothing needed. `integration`: beside the source, with a real
 * database and a real Temporal. `journeys`: across processes, each with an installation of its
 * own. `soak`: the longer forms of journeys.
 */
export default defineConfig({
  test: {
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
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          include: ['*/src/**/*.itest.ts'],
          globalSetup: ['tests/support/services.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'journeys',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/lint/**', 'tests/support/**', '**/node_modules/**'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          // Each journey starts an installation; two cores bear one at a time.
          fileParallelism: false,
        },
      },
      {
        ...shared,
        test: {
          name: 'soak',
          include: ['tests/**/*.soak.ts'],
          testTimeout: 3_600_000,
          hookTimeout: 3_600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
