import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beganOf, lives } from './process.mjs';

/** @typedef {import('./process.mjs').Identity} Identity */

/** Where it is noted which process a part is. @param {string} dataDir @param {string} part */
export const pidFileOf = (dataDir, part) => join(dataDir, 'run', `${part}.pid`);

/** Writes beside a pid file what shall become it: the number on the first line, when it began on the second. */
function draft(/** @type {string} */ file, /** @type {number} */ pid) {
  mkdirSync(dirname(file), { recursive: true });
  const path = `${file}.${process.pid}.new`;
  writeFileSync(path, `${pid}\n${beganOf(pid) ?? ''}\n`);
  return path;
}

/**
 * The process that a pid file names, if it runs.
 * @returns {Identity | null}
 */
export function readPidFile(/** @type {string} */ file) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return null;
  }
  const [line, began = ''] = text.split('\n');
  const identity = { pid: Number(line), began };
  return identity.pid > 0 && began !== '' && lives(identity) ? identity : null;
}

/** The process that a part is, if it runs. @param {string} dataDir @param {string} part */
export const runningPart = (dataDir, part) => readPidFile(pidFileOf(dataDir, part));

/** Notes which process a part is, in one go: nobody ever reads half of it. */
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

/** Takes a pid file away that a dead process left; puts it back where a living one came first. */
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
 * Takes a pid file for this process, as a lock that goes with the process.
 * @param {string} file
 * @returns {Identity | null} the process that has it; null: it is ours now
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
