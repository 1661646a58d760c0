import { removePid, runningPart } from './pid-file.mjs';
import { end } from './process.mjs';
import { say } from './say.mjs';

/** The parts in the order in which they are stopped: nobody loses what it stands on. */
export const stopOrder = ['api', 'worker', 'temporal', 'postgres'];

/**
 * Ends the parts that a supervisor left behind when it was killed.
 * @param {string} dataDir
 * @returns {Promise<number>} how many there were
 */
export async function endOrphans(dataDir) {
  let found = 0;
  for (const part of stopOrder) {
    const identity = runningPart(dataDir, part);
    if (identity) {
      found += 1;
      say(`… ending ${part} (process ${identity.pid}), left behind by an earlier start`);
      // A fast shutdown of PostgreSQL; a SIGTERM would wait for its clients.
      if (part === 'postgres') await end(identity, 'SIGINT', 30_000);
      else await end(identity);
    }
    removePid(dataDir, part);
  }
  return found;
}
