import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './paths.mjs';

/**
 * What a test file did. `failures`: each failed test with the first line of its error. `flaky`: each
 * that passed only when it was tried again, with that of its first try. `seconds`: its tests and
 * hooks, on the clock.
 * @typedef {{ path: string, passed: number, failures: string[], flaky: string[], seconds: number }} TestFile
 */
/**
 * What a project's run did. `filesAtOnce`: how many files may run beside each other. `errors`:
 * what went wrong outside of tests, by its first line.
 * @typedef {{ filesAtOnce: number, files: TestFile[], errors: string[] }} TestReport
 */

/** @returns {string} */
const firstLine = (/** @type {{ message: string } | undefined} */ error) =>
  stripVTControlCharacters(error?.message ?? 'no reason given').split('\n', 1)[0] ?? '';

/** @returns {TestFile} */
function fileOf(/** @type {import('vitest/node').TestModule} */ module) {
  const path = relative(root, module.moduleId);
  const tests = [...module.children.allTests()];
  const line = (/** @type {import('vitest/node').TestCase} */ test) =>
    `${path} > ${test.fullName}: ${firstLine(test.result().errors?.[0])}`;
  const failures = tests.filter((test) => test.result().state === 'failed').map(line);
  // A file that cannot be loaded, or whose hook fails, has no failed test, and has failed.
  if (failures.length === 0 && module.state() === 'failed') {
    const suites = [...module.children.allSuites()];
    const error = [...module.errors(), ...suites.flatMap((suite) => suite.errors())][0];
    failures.push(`${path}: ${firstLine(error)}`);
  }
  return {
    path,
    passed: tests.filter((test) => test.result().state === 'passed').length,
    failures,
    flaky: tests.filter((test) => test.diagnostic()?.flaky).map(line),
    seconds: module.diagnostic().duration / 1000,
  };
}

/** Writes what the files of one project did to CRMFLOW_TEST_REPORT, for run-tests.mjs. */
export default class FileReporter {
  /**
   * @param {ReadonlyArray<import('vitest/node').TestModule>} modules
   * @param {ReadonlyArray<{ message: string }>} errors
   */
  onTestRunEnd(modules, errors) {
    /** @type {TestReport} */
    const report = {
      filesAtOnce: modules[0]?.project.config.maxWorkers ?? 1,
      files: modules.map(fileOf),
      errors: errors.map(firstLine),
    };
    writeFileSync(process.env.CRMFLOW_TEST_REPORT ?? '', JSON.stringify(report));
  }
}
