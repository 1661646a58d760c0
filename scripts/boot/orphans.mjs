import { end, removePid, runningPart } from './process.mjs';
import { say } from './say.mjs';

/** The parts in the order in which they are stopped: nobody loses what it stands on. */
export const stopOrder = ['api', 'worker', 'temporal', 'postgres'];

const stopSignals = { postgres: 'SIGINT' };

/** Ends the parts that a supervisor left behind when it was killed. */
export async function endOrphans(dataDir) {
  for (const part of stopOrder) {
    const identity = runningPart(dataDir, part);
    if (identity) {
      say(`… ending ${part} (process ${identity.pid}), left behind by an earlier start`);
      await end(identity, stopSignals[part]);
    }
    removePid(dataDir, part);
  }
}
