import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pidFileOf, runningPart } from './pid-file.mjs';
import { startTimeOf } from './process.mjs';
import { pauseAfter, supervise } from './supervise.mjs';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crmflow-supervise-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** @param {string} code @returns {import('./supervise.mjs').Part} */
const part = (code) => ({
  name: 'part',
  command: process.execPath,
  args: ['-e', code],
  options: { cwd: folder },
  isUp: async () => existsSync(join(folder, 'up')),
  stopSignal: 'SIGTERM',
});
const isRunning = `require('fs').writeFileSync('up', ''); setInterval(() => {}, 1000)`;

describe('pauseAfter', () => {
  it('is nothing at first, then doubles up to ten seconds', () => {
    expect([1, 2, 3, 4, 20].map(pauseAfter)).toEqual([0, 250, 500, 1_000, 10_000]);
  });
});

describe('supervise', () => {
  it('starts a part again that was killed, under a new number, and stops it for good', async () => {
    const supervised = supervise(folder, part(isRunning));
    await supervised.up(10_000);
    const first = runningPart(folder, 'part');
    process.kill(first?.pid ?? 0, 'SIGKILL');
    await expect
      .poll(() => runningPart(folder, 'part')?.pid ?? first?.pid, { timeout: 10_000 })
      .not.toBe(first?.pid);
    const second = runningPart(folder, 'part');
    await supervised.stop();
    expect(startTimeOf(second?.pid ?? 0)).toBeNull();
    expect(existsSync(pidFileOf(folder, 'part'))).toBe(false);
  });

  it('gives up on a part that ends by itself again and again, with the end of its log', async () => {
    const supervised = supervise(folder, part(`console.error('no such table'); process.exit(3)`));
    await expect(supervised.up(30_000)).rejects.toThrow(
      /part did not start: it exited with code 3.*no such table/s,
    );
    await supervised.stop();
  });

  it('kills a part that does not listen', async () => {
    writeFileSync(join(folder, 'up'), '');
    const deaf = part(
      `process.on('SIGTERM', () => {}); console.log('deaf'); setInterval(() => {}, 1000)`,
    );
    const supervised = supervise(folder, { ...deaf, patienceMs: 200 });
    const log = join(folder, 'logs', 'part.log');
    await expect.poll(() => readFileSync(log, 'utf8'), { timeout: 10_000 }).toContain('deaf');
    const running = runningPart(folder, 'part');
    await supervised.stop();
    expect(startTimeOf(running?.pid ?? 0)).toBeNull();
  });
});
