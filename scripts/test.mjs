import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './boot/build.mjs';
import { install } from './boot/install.mjs';
import { root } from './boot/paths.mjs';
import { run, say } from './boot/say.mjs';

const projects = ['unit', 'integration', 'journeys'];

/** Runs one project of the tests. @returns how many passed and failed */
function runProject(project, args, folder) {
  const report = join(folder, `${project}.json`);
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        join(root, 'node_modules/vitest/vitest.mjs'),
        ...['run', '--project', project, '--passWithNoTests', ...args],
        ...['--reporter', 'default', '--reporter', 'json', '--outputFile.json', report],
      ],
      { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
    );
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('exit', (code) => {
      try {
        const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
        // A file that cannot be loaded has no failed test, but is a failure all the same.
        resolve({ passed: numPassedTests, failed: numFailedTests || (code === 0 ? 0 : 1) });
      } catch {
        resolve({ passed: 0, failed: code === 0 ? 0 : 1 });
      }
    });
  });
}

await run(async () => {
  await install();
  await build();
  const [first, ...rest] = process.argv.slice(2);
  const chosen = first && [...projects, 'soak'].includes(first) ? [first] : projects;
  const args = chosen.length === 1 && first ? rest : process.argv.slice(2);
  const folder = mkdtempSync(join(tmpdir(), 'crmflow-test-'));
  const total = { passed: 0, failed: 0 };
  for (const project of chosen) {
    const { passed, failed } = await runProject(project, args, folder);
    total.passed += passed;
    total.failed += failed;
  }
  rmSync(folder, { recursive: true, force: true });
  say(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
});
