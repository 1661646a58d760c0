import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimPidFile } from './pid-file.mjs';
import { say } from './say.mjs';

/**
 * Does something that two processes must not do at once.
 * @template T
 * @param {string} file
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function locked(file, what, work) {
  for (let told = false; ; await sleep(200)) {
    const holder = claimPidFile(file);
    if (!holder) break;
    if (!told) say(`… waiting for process ${holder.pid}, which is at it: ${what}`);
    told = true;
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
