import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { claimPidFile, pidFileOf } from './pid-file.mjs';
import { BootError } from './log.mjs';

function whyUnusable(/** @type {string} */ dataDir) {
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
 * Creates the data folder if it does not exist.
 * @throws {BootError} if it cannot be used
 */
export function openDataFolder(/** @type {string} */ dataDir) {
  const reason = whyUnusable(dataDir);
  if (!reason) return;
  throw new BootError(
    `The data folder ${dataDir} cannot be used: ${reason}. Set CRMFLOW_DATA_DIR to another folder.`,
  );
}

/**
 * Claims the data folder for this process.
 * @throws {BootError} if another process holds it
 */
export function claimDataFolder(/** @type {string} */ dataDir) {
  const other = claimPidFile(pidFileOf(dataDir, 'supervisor'));
  if (!other) return;
  throw new BootError(
    `CRMFlow is already running on ${dataDir} (process ${other.pid}). Stop it with "npm run stop", or set CRMFLOW_DATA_DIR to another folder.`,
  );
}
