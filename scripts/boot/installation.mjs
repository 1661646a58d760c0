import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../system/failure.mjs';

/**
 * What an installation must remember; `installation.json` in its data folder.
 * @typedef {object} Installation
 * @property {string} id
 * @property {string} encryptionKey 32 bytes in base64, used unless the environment has one
 * @property {string} databasePassword of the embedded PostgreSQL
 * @property {Record<string, number>} ports of the embedded parts
 * @property {string} [databaseFolder] where the embedded PostgreSQL keeps its data
 */

const fileOf = (/** @type {string} */ folder) => path.join(folder, 'installation.json');

/** @returns {Installation} */
const create = () => ({
  id: randomUUID(),
  encryptionKey: randomBytes(32).toString('base64'),
  databasePassword: randomBytes(24).toString('base64url'),
  ports: {},
});

/** @param {unknown} value @returns {value is Installation} */
const isInstallation = (value) =>
  typeof value === 'object' &&
  value !== null &&
  ['id', 'encryptionKey', 'databasePassword'].every((key) => typeof value[key] === 'string') &&
  typeof value['ports'] === 'object' &&
  value['ports'] !== null;

/** @param {string} text @returns {unknown} undefined where it is no JSON */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The installation in a data folder, made where the folder is new.
 * @param {string} folder
 * @returns {Installation}
 * @throws {Failure} where the folder is damaged: a new key would make its secrets unreadable
 */
export function openInstallation(folder) {
  const file = fileOf(folder);
  const damaged = (/** @type {string} */ what) =>
    new Failure(
      `The data folder ${folder} is damaged: ${what}. Restore the folder from a backup, or move it away to start anew.`,
    );
  if (existsSync(file)) {
    const value = parse(readFileSync(file, 'utf8'));
    if (!isInstallation(value)) throw damaged('installation.json does not say what it should');
    return value;
  }
  const left = ['postgres', 'temporal'].find((name) => existsSync(path.join(folder, name)));
  if (left) throw damaged(`it has ${left}/ but no installation.json`);
  const installation = create();
  saveInstallation(folder, installation);
  return installation;
}

/** @param {string} folder @param {Installation} installation */
export function saveInstallation(folder, installation) {
  const draft = `${fileOf(folder)}.new`;
  writeFileSync(draft, `${JSON.stringify(installation, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, fileOf(folder));
}
