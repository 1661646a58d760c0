import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { identityOf, lives } from './process.mjs';

/**
 * What a pid file tells: the pid alone on its first line, for everyone; the rest as JSON on the
 * second.
 * @typedef {{ pid: number, identity: string, startedAt: string, port?: number }} PidRecord
 */

/** @param {number} pid @param {{ port?: number }} [more] @returns {PidRecord} */
export const recordOf = (pid, more = {}) => ({
  pid,
  identity: identityOf(pid) ?? 'gone',
  startedAt: new Date().toISOString(),
  ...more,
});

/** @param {PidRecord} record */
const textOf = ({ pid, ...rest }) => `${pid}\n${JSON.stringify(rest)}\n`;

/** @param {string} file @returns {PidRecord | undefined} undefined where there is none that makes sense */
export function readPidFile(file) {
  try {
    const [pid, rest] = readFileSync(file, 'utf8').split('\n');
    return { ...JSON.parse(rest), pid: Number.parseInt(pid, 10) };
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError || error instanceof TypeError) {
      return undefined;
    }
    throw error;
  }
}

/** @param {string} file @returns {PidRecord | undefined} the record where its process lives */
export function readLiving(file) {
  const record = readPidFile(file);
  return record && lives(record) ? record : undefined;
}

/** Replaces a pid file in one go: nobody ever reads half of one. @param {string} file @param {PidRecord} record */
export function writePidFile(file, record) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, textOf(record));
  renameSync(draft, file);
}

/**
 * Takes a pid file as a lock of this process. One that a dead process left behind is taken over.
 * @param {string} file
 * @returns {PidRecord | undefined} the process that has it; undefined: it is ours now
 */
export function claimPidFile(file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, textOf(recordOf(process.pid)));
  try {
    for (;;) {
      try {
        linkSync(draft, file);
        return undefined;
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const owner = readLiving(file);
      if (owner) return owner;
      removeStale(file);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Another process may replace the stale file meanwhile: then it is put back. @param {string} file */
function removeStale(file) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (readLiving(aside)) renameSync(aside, file);
  else rmSync(aside, { force: true });
}
