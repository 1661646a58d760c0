import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where the parts of a running installation are, for people; a part that is not ours says so.
 * @typedef {Record<string, string>} Places
 */

const fileOf = (/** @type {string} */ dataDir) => join(dataDir, 'run', 'places.json');

/** @param {string} dataDir @param {Places} places */
export function writePlaces(dataDir, places) {
  const file = fileOf(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(places, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** @returns {Places} */
export function readPlaces(/** @type {string} */ dataDir) {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8'));
  } catch {
    return {};
  }
}
