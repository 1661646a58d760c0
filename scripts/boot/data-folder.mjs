import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../system/failure.mjs';
import { claimPidFile } from '../system/pid-file.mjs';
import { root } from '../system/root.mjs';

/** In the order in which they are stopped. */
export const partNames = /** @type {const} */ (['api', 'worker', 'temporal', 'postgres']);

/** Where the data of an installation lie. @param {NodeJS.ProcessEnv} env */
export const dataFolderOf = (env) => path.resolve(root, env.CRMFLOW_DATA_DIR || '.crmflow');

/** @param {string} folder @param {string} part */
export const pidFileOf = (folder, part) => path.join(folder, 'run', `${part}.pid`);

/** @param {string} folder @param {string} part */
export const logFileOf = (folder, part) => path.join(folder, 'logs', `${part}.log`);

/**
 * Makes the data folder where it is missing.
 * @param {string} folder
 * @throws {Failure} where it is no folder, or not ours to write
 */
export function openDataFolder(folder) {
  try {
    mkdirSync(path.join(folder, 'run'), { recursive: true });
    mkdirSync(path.join(folder, 'logs'), { recursive: true });
    accessSync(folder, constants.W_OK);
    // The user that PostgreSQL runs as must get through; each secret has its own mode.
    const { mode } = statSync(folder);
    if (process.getuid?.() === 0 && (mode & 0o001) === 0) chmodSync(folder, (mode & 0o777) | 0o001);
  } catch (error) {
    const isFile = existsSync(folder) && !statSync(folder).isDirectory();
    const reason = isFile ? 'it is a file, not a folder' : error.message;
    throw new Failure(
      `The data folder ${folder} cannot be used: ${reason}. Name another one in CRMFLOW_DATA_DIR.`,
    );
  }
}

/**
 * Makes this process the one that runs the installation.
 * @param {string} folder
 * @throws {Failure} where another process does
 */
export function claimDataFolder(folder) {
  const owner = claimPidFile(pidFileOf(folder, 'supervisor'));
  if (!owner) return;
  throw new Failure(
    `Another CRMFlow (process ${owner.pid}) runs on the data folder ${folder}: stop it with "npm run stop", or give this one a folder of its own in CRMFLOW_DATA_DIR.`,
  );
}
