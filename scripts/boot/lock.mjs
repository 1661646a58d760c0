import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimPidFile } from './pid-file.mjs';
import { log } from './log.mjs';

/**
 * Runs `work` while holding a lock file, so that no other process does the same at once.
 * @template T
 * @param {string} file
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, what, work) {
  for (let told = false; ; await sleep(200)) {
    const holder = claimPidFile(file);
    if (!holder) break;
    if (!told) log(`… Waiting for another process (${holder.pid}): ${what}`);
    told = true;
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
