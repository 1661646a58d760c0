import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The addresses of the parts of a running installation, for people; external parts are marked.
 * @typedef {Record<string, string>} Endpoints
 */

const fileOf = (/** @type {string} */ dataDir) => join(dataDir, 'run', 'endpoints.json');

/** @param {string} dataDir @param {Endpoints} endpoints */
export function writeEndpoints(dataDir, endpoints) {
  const file = fileOf(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(endpoints, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** @returns {Endpoints} */
export function readEndpoints(/** @type {string} */ dataDir) {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8'));
  } catch {
    return {};
  }
}
