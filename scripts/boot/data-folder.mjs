import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { claimPidFile, pidFileOf } from './pid-file.mjs';
import { BootError } from './say.mjs';

function reasonAgainst(/** @type {string} */ dataDir) {
  try {
    mkdirSync(join(dataDir, 'run'), { recursive: true });
    mkdirSync(join(dataDir, 'logs'), { recursive: true });
    accessSync(join(dataDir, 'run'), constants.W_OK);
    // The account that PostgreSQL runs as must get through; every secret has a mode of its own.
    const { mode } = statSync(dataDir);
    if (process.getuid?.() === 0 && (mode & 0o001) === 0) chmodSync(dataDir, mode | 0o001);
    return undefined;
  } catch (error) {
    const found = statSync(dataDir, { throwIfNoEntry: false });
    return found && !found.isDirectory() ? 'it is not a folder' : error.message;
  }
}

/**
 * Makes the data folder where there is none.
 * @throws {BootError} where it cannot be used
 */
export function openDataFolder(/** @type {string} */ dataDir) {
  const reason = reasonAgainst(dataDir);
  if (!reason) return;
  throw new BootError(
    `The data folder ${dataDir} cannot be used: ${reason}. Choose another by CRMFLOW_DATA_DIR.`,
  );
}

/**
 * Makes this process the only one that looks after a data folder.
 * @throws {BootError} where another process does
 */
export function claimDataFolder(/** @type {string} */ dataDir) {
  const other = claimPidFile(pidFileOf(dataDir, 'supervisor'));
  if (!other) return;
  throw new BootError(
    `CRMFlow runs on ${dataDir} already (process ${other.pid}). Stop it by "npm run stop", or choose another folder by CRMFLOW_DATA_DIR.`,
  );
}
