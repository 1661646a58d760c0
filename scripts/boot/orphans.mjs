import { removePid, runningPart } from './pid-file.mjs';
import { terminate } from './process.mjs';
import { log } from './log.mjs';

/** The parts in the order in which they are stopped: each before those that it depends on. */
export const stopOrder = ['api', 'worker', 'temporal', 'postgres'];

/**
 * Stops the parts that a killed supervisor left running.
 * @param {string} dataDir
 * @returns {Promise<number>} how many there were
 */
export async function stopOrphans(dataDir) {
  let found = 0;
  for (const part of stopOrder) {
    const identity = runningPart(dataDir, part);
    if (identity) {
      found += 1;
      log(`… Stopping ${part} (process ${identity.pid}), left over from an earlier start`);
      // A fast shutdown of PostgreSQL; a SIGTERM would wait for its clients.
      if (part === 'postgres') await terminate(identity, 'SIGINT', 30_000);
      else await terminate(identity);
    }
    removePid(dataDir, part);
  }
  return found;
}
