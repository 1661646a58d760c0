import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beganOf } from './process.mjs';
import { say } from './say.mjs';

function holder(file) {
  try {
    const [pid, began] = readFileSync(file, 'utf8').split('\n');
    return beganOf(Number(pid)) === began ? Number(pid) : null;
  } catch {
    return null;
  }
}

/**
 * Does something that two processes must not do at once.
 * @template T
 * @param {string} file
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function locked(file, what, work) {
  mkdirSync(dirname(file), { recursive: true });
  for (let told = false; ; await sleep(200)) {
    try {
      writeFileSync(file, `${process.pid}\n${beganOf(process.pid)}\n`, { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const pid = holder(file);
      if (pid === null) rmSync(file, { force: true });
      else if (!told) {
        told = true;
        say(`… waiting for process ${pid}, which is at it: ${what}`);
      }
    }
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
