import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BootError } from './log.mjs';

/** A file that says that the data folder has had a database, which must never be replaced in silence. */
const noteOf = (/** @type {string} */ dataDir, /** @type {string} */ name) =>
  join(dataDir, `${name}.created`);

/** Notes that a database exists. @param {string} dataDir @param {string} name */
export function noteCreated(dataDir, name) {
  const note = noteOf(dataDir, name);
  if (!existsSync(note)) writeFileSync(note, '', { mode: 0o600 });
}

/**
 * Refuses to go on where a database is gone that the data folder has had.
 * @param {string} dataDir
 * @param {string} name
 * @param {string} path where it should be
 * @throws {BootError}
 */
export function refuseLost(dataDir, name, path) {
  if (!existsSync(noteOf(dataDir, name))) return;
  throw new BootError(
    `The database ${path} is missing. Mount or restore it from a backup, together with the rest of the data folder ${dataDir}, or move that folder away to start with an empty one.`,
  );
}
