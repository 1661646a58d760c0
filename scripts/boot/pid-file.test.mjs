import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimPidFile, pidFileOf, readPidFile, runningPart, writePid } from './pid-file.mjs';
import { startTimeOf } from './process.mjs';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crmflow-pid-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const mine = () => `${process.pid}\n${startTimeOf(process.pid)}\n`;
/** More than any system has. */
const nobody = 99_999_999;

describe('a pid file', () => {
  it('has the number alone on its first line', () => {
    writePid(folder, 'api', process.pid);
    expect(readFileSync(pidFileOf(folder, 'api'), 'utf8').split('\n')[0]).toBe(`${process.pid}`);
    expect(runningPart(folder, 'api')?.pid).toBe(process.pid);
  });

  it.each([
    ['of a process that is gone', () => `${nobody}\n1 boot\n`],
    ['whose number another process has now', () => `${process.pid}\nearlier\n`],
    ['without a start time', () => `${process.pid}\n`],
    ['that is empty', () => ''],
    ['that holds no number', () => 'x\ny\n'],
  ])('names nobody: one %s', (_, text) => {
    writeFileSync(join(folder, 'p.pid'), text());
    expect(readPidFile(join(folder, 'p.pid'))).toBeNull();
  });
});

describe('claimPidFile', () => {
  it('takes one that is not there', () => {
    const file = join(folder, 'run', 'supervisor.pid');
    expect(claimPidFile(file)).toBeNull();
    expect(readFileSync(file, 'utf8')).toBe(mine());
  });

  it('leaves one to the process that has it', () => {
    const file = join(folder, 'supervisor.pid');
    writeFileSync(file, mine());
    expect(claimPidFile(file)?.pid).toBe(process.pid);
  });

  it('takes over one that a dead process left behind', () => {
    const file = join(folder, 'supervisor.pid');
    writeFileSync(file, `${nobody}\n1 boot\n`);
    expect(claimPidFile(file)).toBeNull();
    expect(readFileSync(file, 'utf8')).toBe(mine());
  });
});
