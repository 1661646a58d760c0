import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startTimeOf, isRunning } from './process.mjs';

/** @typedef {import('./process.mjs').Identity} Identity */

/** The pid file of a part. @param {string} dataDir @param {string} part */
export const pidFileOf = (dataDir, part) => join(dataDir, 'run', `${part}.pid`);

/** Writes the next content of a pid file beside it: the pid on the first line, its start time on the second. */
function draft(/** @type {string} */ file, /** @type {number} */ pid) {
  mkdirSync(dirname(file), { recursive: true });
  const path = `${file}.${process.pid}.new`;
  writeFileSync(path, `${pid}\n${startTimeOf(pid) ?? ''}\n`, { mode: 0o600 });
  return path;
}

/**
 * The process in a pid file, if it is running.
 * @returns {Identity | null}
 */
export function readPidFile(/** @type {string} */ file) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  const [line, startTime = ''] = text.split('\n');
  const identity = { pid: Number(line), startTime };
  return identity.pid > 0 && startTime !== '' && isRunning(identity) ? identity : null;
}

/** The process of a part, if it is running. @param {string} dataDir @param {string} part */
export const runningPart = (dataDir, part) => readPidFile(pidFileOf(dataDir, part));

/** Records the process of a part, atomically: readers never see half of the file. */
export function writePid(
  /** @type {string} */ dataDir,
  /** @type {string} */ part,
  /** @type {number} */ pid,
) {
  const file = pidFileOf(dataDir, part);
  renameSync(draft(file, pid), file);
}

/** @param {string} dataDir @param {string} part */
export const removePid = (dataDir, part) => rmSync(pidFileOf(dataDir, part), { force: true });

/** Removes the pid file of a dead process; puts it back if a live process was faster. */
function removeStale(/** @type {string} */ file) {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (readPidFile(aside)) renameSync(aside, file);
  else rmSync(aside, { force: true });
}

/**
 * Claims a pid file for this process, as a lock that ends with the process.
 * @param {string} file
 * @returns {Identity | null} the process that holds it; null if it is ours now
 */
export function claimPidFile(file) {
  const ours = draft(file, process.pid);
  try {
    for (;;) {
      try {
        linkSync(ours, file);
        return null;
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const holder = readPidFile(file);
      if (holder) return holder;
      removeStale(file);
    }
  } finally {
    rmSync(ours, { force: true });
  }
}
