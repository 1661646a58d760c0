import {
  accessSync,
  chmodSync,
  constants,
  lstatSync,
  mkdirSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { claimPidFile, pidFileOf } from './pid-file.mjs';
import { BootError, warn } from './log.mjs';

const isRoot = process.getuid?.() === 0;
/** The account that PostgreSQL runs as must get through; nobody else has anything to do here. */
const folderMode = isRoot ? 0o711 : 0o700;
/** What an installation keeps here: names, or how they begin. The cluster has modes of its own. */
const ours =
  /^(run|logs|temporal\.db.*|ports\.json|encryption\.key|installation\.id|postgres\.(password|created))$/;

/** Takes from other users what they may do with a file or folder, and with all that is in it. */
function tighten(/** @type {string} */ path) {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  if (found.mode & 0o077) chmodSync(path, found.mode & 0o700);
  if (!found.isDirectory()) return;
  for (const name of readdirSync(path)) tighten(join(path, name));
}

/**
 * Keeps other users of the machine out, also of a folder that an earlier version has made. Only
 * what is ours is touched: a data folder may be somebody's home.
 */
function keepOthersOut(/** @type {string} */ dataDir) {
  try {
    const { mode } = statSync(dataDir);
    const wanted = (mode & 0o700) | (folderMode & 0o011);
    if ((mode & 0o777) !== wanted) chmodSync(dataDir, wanted);
    for (const name of readdirSync(dataDir)) if (ours.test(name)) tighten(join(dataDir, name));
  } catch (error) {
    // Of a folder of somebody else, such as a mounted volume, one may use but not change the mode.
    if (error.code !== 'EPERM') throw error;
    warn(
      `Other users of this machine may be able to read ${error.path}: its mode cannot be changed. Set it to 700 yourself.`,
    );
  }
}

function whyUnusable(/** @type {string} */ dataDir) {
  try {
    mkdirSync(dataDir, { recursive: true, mode: folderMode });
    for (const name of ['run', 'logs']) {
      mkdirSync(join(dataDir, name), { recursive: true, mode: 0o700 });
    }
    accessSync(join(dataDir, 'run'), constants.W_OK);
    keepOthersOut(dataDir);
    return undefined;
  } catch (error) {
    const found = statSync(dataDir, { throwIfNoEntry: false });
    return found && !found.isDirectory() ? 'it is not a folder' : error.message;
  }
}

/**
 * Creates the data folder if it does not exist, and keeps other users of the machine out of it.
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
