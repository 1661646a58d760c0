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

/** @returns {TestReport} */
function readReport(/** @type {string} */ file, /** @type {number | null} */ code) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    const hasFailed =
      report.errors > 0 || report.files.some((/** @type {TestFile} */ one) => one.failed > 0);
    return code === 0 || hasFailed ? report : { ...report, errors: 1 };
  } catch {
    // Without a test that matches there is no report.
    return { filesAtOnce: 0, files: [], errors: code === 0 ? 0 : 1 };
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
 * Whether a file takes longer than it may, however slowly those beside it let it run: by itself it
 * takes at least its share of the clock.
 * @param {TestFile} file
 * @param {TestReport} report
 */
const isTooSlow = ({ path, seconds }, { filesAtOnce }) =>
  seconds / filesAtOnce > limitSeconds && !(path in slowFiles);

/** Shows the slowest files. @param {TestFile[]} files */
function showSlowest(files) {
  const slowest = files.toSorted((a, b) => b.seconds - a.seconds).slice(0, slowestShown);
  log('The slowest files, in seconds on the clock:');
  for (const { path, seconds } of slowest) log(`${seconds.toFixed(1).padStart(7)}  ${path}`);
}

/**
 * Runs projects of vitest.config.ts one after the other: each uses the whole machine. Shows the slowest files; one that takes longer than it may
 * counts as a failed test. The last line says how many tests passed and failed in all; the exit
 * code is 0 where some passed and none failed.
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
  /** @type {TestFile[]} */
  const tooSlow = [];
  let errors = 0;
  for (const project of projects) {
    if (interrupted.signal.aborted) break;
    const report = await runProject(project, args, folder, interrupted.signal);
    files.push(...report.files);
    errors += report.errors;
    if (project !== 'soak') tooSlow.push(...report.files.filter((file) => isTooSlow(file, report)));
  }
  await endInstallations(folder);
  rmSync(folder, { recursive: true, force: true });
  showSlowest(files);
  for (const { path, seconds } of tooSlow) {
    log(
      `✗ ${path} took ${seconds.toFixed(0)} s, which is more than ${limitSeconds} s when run alone. Make it faster, or list it with its reason in tests/slow-files.mjs.`,
    );
  }
  const count = (/** @type {'passed' | 'failed'} */ what) =>
    files.reduce((sum, file) => sum + file[what], 0);
  const passed = count('passed');
  const failed = count('failed') + errors + tooSlow.length + (interrupted.signal.aborted ? 1 : 0);
  log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
