import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { limitSeconds, slowFiles } from '../../tests/slow-files.mjs';
import { stopOrphans } from './orphans.mjs';
import { root } from './paths.mjs';
import { runningPart } from './pid-file.mjs';
import { terminate } from './process.mjs';
import { log } from './log.mjs';

/** @typedef {import('./file-reporter.mjs').TestFile} TestFile */
/** @typedef {import('./file-reporter.mjs').TestReport} TestReport */

const reporter = fileURLToPath(new URL('./file-reporter.mjs', import.meta.url));
const slowestShown = 10;

const exitOf = (/** @type {number | null} */ code) =>
  `The test runner exited with ${code ?? 'a signal'}.`;

/** @returns {TestReport} */
function readReport(/** @type {string} */ file, /** @type {number | null} */ code) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    const hasFailed =
      report.errors.length > 0 ||
      report.files.some((/** @type {TestFile} */ one) => one.failures.length > 0);
    return code === 0 || hasFailed ? report : { ...report, errors: [exitOf(code)] };
  } catch {
    // Without a test that matches there is no report.
    return { filesAtOnce: 0, files: [], errors: code === 0 ? [] : [exitOf(code)] };
  }
}

/**
 * Runs one project of vitest.config.ts.
 * @param {string} project
 * @param {string[]} args for vitest
 * @param {string} folder for everything temporary
 * @param {AbortSignal} interrupted
 * @returns {Promise<TestReport>}
 */
function runProject(project, args, folder, interrupted) {
  const report = join(folder, `${project}.json`);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter', 'default', '--reporter', reporter];
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [vitest, 'run', '--project', project, '--passWithNoTests', ...reporters, ...args],
      {
        cwd: root,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, TMPDIR: folder, CRMFLOW_TEST_REPORT: report },
      },
    );
    // SIGTERM would not let vitest stop what it has started.
    const stop = () => void child.kill('SIGINT');
    interrupted.addEventListener('abort', stop);
    child.on('error', reject);
    child.on('close', (code) => {
      interrupted.removeEventListener('abort', stop);
      resolve(readReport(report, code));
    });
  });
}

/** Ends the installations that a test which crashed has left behind. */
async function endInstallations(/** @type {string} */ folder) {
  const entries = readdirSync(folder).map((name) => join(folder, name));
  for (const dataDir of entries.filter((entry) => existsSync(join(entry, 'run')))) {
    const supervisor = runningPart(dataDir, 'supervisor');
    if (supervisor) await terminate(supervisor, 'SIGTERM', 75_000);
    await stopOrphans(dataDir);
  }
}

/**
 * Says which files take longer than they may, however slowly those beside them let them run: by
 * itself a file takes at least its share of the clock.
 * @param {TestReport} report
 */
const tooSlow = ({ files, filesAtOnce }) =>
  files
    .filter(({ path, seconds }) => seconds / filesAtOnce > limitSeconds && !(path in slowFiles))
    .map(
      ({ path, seconds }) =>
        `${path} took ${seconds.toFixed(0)} s, which is more than ${limitSeconds} s when run alone. Make it faster, or list it with its reason in tests/slow-files.mjs.`,
    );

/** Shows the slowest files. @param {TestFile[]} files */
function showSlowest(files) {
  const slowest = files.toSorted((a, b) => b.seconds - a.seconds).slice(0, slowestShown);
  log('The slowest files, in seconds on the clock:');
  for (const { path, seconds } of slowest) log(`${seconds.toFixed(1).padStart(7)}  ${path}`);
}

/**
 * Runs projects of vitest.config.ts one after the other: each uses the whole machine. A file that
 * takes longer than it may counts as a failed test. Ends with the slowest files, each test that
 * passed only when it was tried again and each failure in a line, so that the end of a long log says
 * what to look into, and how many tests passed and failed in all; the exit code is 0 where some
 * passed and none failed.
 * @param {string[]} projects
 * @param {string[]} args for vitest
 */
export async function runTests(projects, args) {
  const folder = mkdtempSync(join(tmpdir(), 'crmflow-test-'));
  // The account that PostgreSQL runs as must get through.
  chmodSync(folder, 0o755);
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => interrupted.abort());
  }
  /** @type {TestFile[]} */
  const files = [];
  /** @type {string[]} */
  const failures = [];
  for (const project of projects) {
    if (interrupted.signal.aborted) break;
    const report = await runProject(project, args, folder, interrupted.signal);
    files.push(...report.files);
    failures.push(...report.files.flatMap((file) => file.failures), ...report.errors);
    if (project !== 'soak') failures.push(...tooSlow(report));
  }
  if (interrupted.signal.aborted) failures.push('The run was interrupted.');
  await endInstallations(folder);
  rmSync(folder, { recursive: true, force: true });
  showSlowest(files);
  for (const flaky of files.flatMap((file) => file.flaky)) log(`↻ ${flaky}`);
  for (const failure of failures) log(`✗ ${failure}`);
  const passed = files.reduce((sum, file) => sum + file.passed, 0);
  log(`${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
}
