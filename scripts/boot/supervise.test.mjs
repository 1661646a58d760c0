import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
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

  it('tells why it gives up by the lines of this start only', async () => {
    mkdirSync(join(folder, 'logs'));
    writeFileSync(join(folder, 'logs', 'part.log'), 'of last week\n');
    const supervised = supervise(folder, part('setInterval(() => {}, 1000)'));
    const error = await supervised.up(100).catch((reason) => reason);
    expect(error.message).toContain('part did not start: it is not responding');
    expect(error.message).not.toContain('of last week');
    await supervised.stop();
  });

  it('keeps a part running where nothing can be written, and heals', async () => {
    const supervised = supervise(folder, part(isRunning), { everyMs: 50, looks: 12 });
    await supervised.up(10_000);
    const first = runningPart(folder, 'part');
    // Files in place of folders, as a full disk would have it.
    for (const name of ['logs', 'run']) {
      rmSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name), '');
    }
    rmSync(join(folder, 'up'));
    process.kill(first?.pid ?? 0, 'SIGKILL');
    await expect.poll(() => existsSync(join(folder, 'up')), { timeout: 10_000 }).toBe(true);
    for (const name of ['logs', 'run']) rmSync(join(folder, name));
    await expect.poll(() => runningPart(folder, 'part'), { timeout: 10_000 }).not.toBeNull();
    const second = runningPart(folder, 'part');
    await supervised.stop();
    expect(startTimeOf(second?.pid ?? 0)).toBeNull();
  });

  it('stops a part whose process it could not note', async () => {
    writeFileSync(join(folder, 'run'), '');
    const supervised = supervise(
      folder,
      part(`require('fs').writeFileSync('pid', String(process.pid)); ${isRunning}`),
    );
    await supervised.up(10_000);
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    await supervised.stop();
    expect(startTimeOf(pid)).toBeNull();
  });

  it('bounds the log of a part that goes on', async () => {
    const line = `${'x'.repeat(999)}\\n`;
    const code = `setInterval(() => process.stdout.write('${line}'.repeat(1_000)), 5); ${isRunning}`;
    const supervised = supervise(folder, part(code), { everyMs: 20, looks: 12 });
    const log = join(folder, 'logs', 'part.log');
    await expect.poll(() => existsSync(`${log}.1`), { timeout: 20_000 }).toBe(true);
    const { mtimeMs } = statSync(`${log}.1`);
    // It goes on after the first time.
    await expect
      .poll(() => statSync(`${log}.1`).mtimeMs, { timeout: 20_000 })
      .toBeGreaterThan(mtimeMs);
    await supervised.stop();
    expect(statSync(log).size).toBeLessThan(100_000_000);
    expect(statSync(log).mode & 0o777).toBe(0o600);
    expect(statSync(`${log}.1`).mode & 0o777).toBe(0o600);
  });

  it('replaces a part that runs but no longer responds', async () => {
    const hung = join(folder, 'hung');
    let looks = 0;
    const supervised = supervise(
      folder,
      {
        ...part(isRunning),
        isResponding: async () => {
          looks += 1;
          return !existsSync(hung);
        },
      },
      { everyMs: 20, looks: 3 },
    );
    await supervised.up(10_000);
    await expect.poll(() => looks, { timeout: 10_000 }).toBeGreaterThan(0);
    const first = runningPart(folder, 'part');
    process.kill(first?.pid ?? 0, 'SIGSTOP');
    writeFileSync(hung, '');
    await expect.poll(() => startTimeOf(first?.pid ?? 0), { timeout: 10_000 }).toBeNull();
    rmSync(hung);
    await expect
      .poll(() => runningPart(folder, 'part')?.pid ?? first?.pid, { timeout: 10_000 })
      .not.toBe(first?.pid);
    await supervised.stop();
    expect(readFileSync(join(folder, 'logs', 'part.log'), 'utf8')).toContain(
      'part has not responded 3 times in a row; killing it',
    );
  });

  it('leaves a part alone that has never responded: another start would not help', async () => {
    let looks = 0;
    const never = async () => {
      looks += 1;
      return false;
    };
    const supervised = supervise(
      folder,
      { ...part(isRunning), isResponding: never },
      { everyMs: 20, looks: 3 },
    );
    await supervised.up(10_000);
    const first = runningPart(folder, 'part');
    await expect.poll(() => looks, { timeout: 10_000 }).toBeGreaterThan(5);
    expect(runningPart(folder, 'part')).toEqual(first);
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
