import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { markOf, stopOrphans } from './orphans.mjs';
import { processesWith, startTimeOf } from './process.mjs';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'crmflow-orphans-')));
});
const started = /** @type {import('node:child_process').ChildProcess[]} */ ([]);
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a process that nobody has noted, as a supervisor leaves it that was killed in between. */
async function startUnnoted(/** @type {string[]} */ args) {
  const code = 'setInterval(() => {}, 1000)';
  const child = spawn(process.execPath, ['-e', code, '--', ...args], { stdio: 'ignore' });
  started.push(child);
  const { pid = 0 } = child;
  await expect.poll(() => processesWith(args).map((one) => one.pid)).toContain(pid);
  return pid;
}

it.each([
  ['api', (/** @type {string} */ dataDir) => [markOf('api', dataDir)]],
  ['worker', (/** @type {string} */ dataDir) => [markOf('worker', dataDir)]],
  ['temporal', (/** @type {string} */ dataDir) => ['--db-filename', join(dataDir, 'temporal.db')]],
  ['postgres', (/** @type {string} */ dataDir) => ['-D', join(dataDir, 'postgres')]],
  ['postgres', () => ['-D', '/var/lib/crmflow/0123456789ab/postgres']],
])('finds an unnoted %s by what it was started with', async (_, argumentsIn) => {
  writeFileSync(join(folder, 'installation.id'), '0123456789ab');
  const pid = await startUnnoted(argumentsIn(folder));
  expect(await stopOrphans(folder)).toBe(1);
  expect(startTimeOf(pid)).toBeNull();
});

it('leaves those of an installation whose folder only begins alike', async () => {
  const other = mkdtempSync(`${folder}2`);
  const pid = await startUnnoted([markOf('api', other)]);
  expect(await stopOrphans(folder)).toBe(0);
  expect(startTimeOf(pid)).not.toBeNull();
  expect(await stopOrphans(other)).toBe(1);
  rmSync(other, { recursive: true });
});
