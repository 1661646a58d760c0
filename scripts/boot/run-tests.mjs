import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { say } from './say.mjs';

/** @typedef {{ passed: number, failed: number }} Counts */

/** @returns {Counts} */
function countsOf(/** @type {string} */ report, /** @type {number | null} */ code) {
  const least = code === 0 ? 0 : 1;
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    // A file that cannot be loaded has no failed test, but is a failure all the same.
    const broken = testResults.filter(
      (/** @type {{ status: string, assertionResults: { status: string }[] }} */ file) =>
        file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
    );
    return { passed: numPassedTests, failed: Math.max(numFailedTests + broken.length, least) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** Runs one project of vitest.config.ts. @returns {Promise<Counts>} */
function runProject(
  /** @type {string} */ project,
  /** @type {string[]} */ args,
  /** @type {string} */ report,
) {
  return new Promise((resolve, reject) => {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const reporters = ['--reporter', 'default', '--reporter', 'json', '--outputFile.json', report];
    const child = spawn(
      process.execPath,
      [vitest, 'run', '--project', project, '--passWithNoTests', ...reporters, ...args],
      { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
    );
    const pass = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal);
    process.on('SIGINT', pass).on('SIGTERM', pass);
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('SIGINT', pass).off('SIGTERM', pass);
      resolve(countsOf(report, code));
    });
  });
}

/**
 * Runs projects of vitest.config.ts one after the other: each may use the whole machine. The last
 * line says how many tests passed and failed in all; the exit code is 0 where none failed.
 * @param {string[]} projects
 * @param {string[]} args for vitest
 */
export async function runTests(projects, args) {
  const folder = mkdtempSync(join(tmpdir(), 'crmflow-test-'));
  const total = { passed: 0, failed: 0 };
  for (const project of projects) {
    const { passed, failed } = await runProject(project, args, join(folder, `${project}.json`));
    total.passed += passed;
    total.failed += failed;
  }
  rmSync(folder, { recursive: true, force: true });
  say(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}
