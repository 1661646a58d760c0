import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimPidFile } from './pid-file.mjs';
import { say } from './progress.mjs';

/**
 * Does work that only one process may do at a time; the others wait their turn.
 * @template T
 * @param {string} file @param {string} what the work, as in "installs and builds here"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, what, work) {
  mkdirSync(path.dirname(file), { recursive: true });
  let told = false;
  for (;;) {
    const owner = claimPidFile(file);
    if (!owner) break;
    if (!told) say(`Waiting: process ${owner.pid} ${what} just now`);
    told = true;
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
