import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { freePort } from '../../scripts/boot/ports.mjs';
import { register } from '../support/client.js';
import { ended, outputOf } from '../support/run-program.js';
import { startSystem } from '../support/system.js';
import { until } from '../support/until.js';
import { allGone, everyPart, newFolder, pidsIn, root, runScript } from './processes.js';

let folder: ReturnType<typeof newFolder>;
beforeEach(() => {
  folder = newFolder(inject('templateDir'));
});
afterEach(async () => {
  await runScript('stop', { CRMFLOW_DATA_DIR: folder.path });
  folder.remove();
});

/** `npm start` in a process group of its own, as a shell runs it. */
async function npmStart() {
  const port = await freePort();
  const child = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'test',
      CRMFLOW_ENV_FILE: devNull,
      CRMFLOW_DATA_DIR: folder.path,
      PORT: String(port),
    },
  });
  const output = outputOf(child);
  await until('the ready line', () => output().includes('CRMFlow is ready at'), {
    timeoutMs: 120_000,
  });
  return { child, url: `http://127.0.0.1:${port}`, output };
}

describe('stopping', () => {
  it('ends all parts on SIGTERM to npm alone, and the next start carries on', async () => {
    const first = await npmStart();
    const { token } = await register(first.url);
    const pids = pidsIn(folder.path);
    process.kill(first.child.pid ?? 0, 'SIGTERM');
    expect(await ended(first.child)).toBe(0);
    await allGone(pids);
    for (const part of everyPart)
      expect(existsSync(join(folder.path, 'run', `${part}.pid`))).toBe(false);

    const second = await npmStart();
    expect(second.output()).not.toMatch(/Creating the database|Compiling|Installing/);
    const answer = await fetch(`${second.url}/api/auth/me`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends all parts on %s to the whole group, twice',
    async (signal) => {
      const { child } = await npmStart();
      const pids = pidsIn(folder.path);
      process.kill(-(child.pid ?? 0), signal);
      process.kill(-(child.pid ?? 0), signal);
      expect(await ended(child)).toBe(0);
      await allGone(pids);
    },
  );

  it.each([
    ['a killed supervisor left behind', everyPart.slice(1, 1)],
    ['it had not even noted', everyPart.slice(1)],
  ])('ends at the next start what %s', async (_, lost) => {
    const first = await startSystem({ dataDir: folder.path });
    const left = pidsIn(folder.path);
    await first.kill('supervisor');
    for (const part of lost) rmSync(join(folder.path, 'run', `${part}.pid`));
    const second = await startSystem({ dataDir: folder.path });
    await allGone(left);
    expect(await second.stop()).toBe(0);
  });

  it('npm run stop ends what a killed supervisor left behind', async () => {
    const system = await startSystem({ dataDir: folder.path });
    const left = pidsIn(folder.path);
    await system.kill('supervisor');
    const status = await runScript('status', { CRMFLOW_DATA_DIR: folder.path });
    expect(status.code).toBe(1);
    expect(status.stdout).toMatch(/^supervisor +down$/m);
    const { code, stdout } = await runScript('stop', { CRMFLOW_DATA_DIR: folder.path });
    expect(code).toBe(0);
    expect(stdout).toContain('CRMFlow has stopped.');
    await allGone(left);
  });
});
