export { mergeCoverage } from './coverage.js';
export { testBounds, type TestBounds } from './run-test.js';
export { runTests, type RunTestsOptions } from './run-tests.js';
export type * from './entries.js';
