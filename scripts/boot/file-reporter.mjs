import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from './paths.mjs';

/**
 * What a test file did. `seconds`: its tests and hooks, on the clock.
 * @typedef {{ path: string, passed: number, failed: number, seconds: number }} TestFile
 */
/**
 * What a project's run did. `filesAtOnce`: how many files may run beside each other. `errors`:
 * what went wrong outside of tests.
 * @typedef {{ filesAtOnce: number, files: TestFile[], errors: number }} TestReport
 */

/** @returns {TestFile} */
function fileOf(/** @type {import('vitest/node').TestModule} */ module) {
  const states = [...module.children.allTests()].map((test) => test.result().state);
  const failed = states.filter((state) => state === 'failed').length;
  return {
    path: relative(root, module.moduleId),
    passed: states.filter((state) => state === 'passed').length,
    // A file that cannot be loaded, or whose hook fails, has no failed test, and has failed.
    failed: failed === 0 && module.state() === 'failed' ? 1 : failed,
    seconds: module.diagnostic().duration / 1000,
  };
}

/** Writes what the files of one project did to CRMFLOW_TEST_REPORT, for run-tests.mjs. */
export default class FileReporter {
  /**
   * @param {ReadonlyArray<import('vitest/node').TestModule>} modules
   * @param {ReadonlyArray<unknown>} errors
   */
  onTestRunEnd(modules, errors) {
    /** @type {TestReport} */
    const report = {
      filesAtOnce: modules[0]?.project.config.maxWorkers ?? 1,
      files: modules.map(fileOf),
      errors: errors.length,
    };
    writeFileSync(process.env.CRMFLOW_TEST_REPORT ?? '', JSON.stringify(report));
  }
}
