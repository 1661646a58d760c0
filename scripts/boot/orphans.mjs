import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { removePid, runningPart } from './pid-file.mjs';
import { processesWith, terminate } from './process.mjs';
import { systemFolder } from './postgres-files.mjs';
import { log } from './log.mjs';

/** The parts in the order in which they are stopped: each before those that it depends on. */
export const stopOrder = ['api', 'worker', 'temporal', 'postgres'];

/** An argument that only this part of this installation has; the part itself ignores it. */
export const markOf = (/** @type {string} */ part, /** @type {string} */ dataDir) =>
  `--${part}-of=${dataDir}`;

/** Where the cluster may lie: see databaseFolder. */
function clustersOf(/** @type {string} */ dataDir) {
  const usual = join(dataDir, 'postgres');
  try {
    const id = readFileSync(join(dataDir, 'installation.id'), 'utf8').trim();
    return [usual, join(systemFolder, id, 'postgres')];
  } catch {
    return [usual];
  }
}

/** Arguments that tell the processes of a part from all others, whether or not a file names them. */
function argumentsOf(/** @type {string} */ part, /** @type {string} */ dataDir) {
  if (part === 'temporal') return [['--db-filename', join(dataDir, 'temporal.db')]];
  if (part === 'postgres') return clustersOf(dataDir).map((folder) => ['-D', folder]);
  return [[markOf(part, dataDir)]];
}

/**
 * The processes of a part that are running. A supervisor that was killed may not have noted the one
 * that it had just started, so their arguments count as well as the pid file.
 * @param {string} dataDir
 * @param {string} part
 */
function processesOf(dataDir, part) {
  const noted = runningPart(dataDir, part);
  if (!existsSync(dataDir)) return [];
  const found = argumentsOf(part, realpathSync(dataDir)).flatMap(processesWith);
  return noted && !found.some(({ pid }) => pid === noted.pid) ? [noted, ...found] : found;
}

/**
 * Stops the parts that a killed supervisor left running.
 * @param {string} dataDir
 * @returns {Promise<number>} how many there were
 */
export async function stopOrphans(dataDir) {
  let count = 0;
  for (const part of stopOrder) {
    for (const identity of processesOf(dataDir, part)) {
      count += 1;
      log(`… Stopping ${part} (process ${identity.pid}), left over from an earlier start`);
      // A fast shutdown of PostgreSQL; a SIGTERM would wait for its clients.
      if (part === 'postgres') await terminate(identity, 'SIGINT', 30_000);
      else await terminate(identity);
    }
    removePid(dataDir, part);
  }
  return count;
}
