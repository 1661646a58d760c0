import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BootError } from './say.mjs';

/** What is made at the first start of an installation and never again. */
const kinds = {
  /** Secrets are encrypted with it. */
  'encryption.key': {
    make: () => randomBytes(32).toString('base64'),
    pattern: /^[A-Za-z0-9+/]{43}=$/,
  },
  /** Tells this installation apart from others that share its Temporal server or this machine. */
  'installation.id': { make: () => randomBytes(6).toString('hex'), pattern: /^[0-9a-f]{12}$/ },
  /** Of the embedded database. */
  'postgres.password': { make: () => randomBytes(24).toString('hex'), pattern: /^[0-9a-f]{48}$/ },
};

/** A data folder that cannot be carried on with. */
export const damaged = (/** @type {string} */ dataDir, /** @type {string} */ what) =>
  new BootError(
    `The data folder ${dataDir} is damaged: ${what}. Restore it from a backup, or move it away to start anew.`,
  );

/** Whether the folder holds an installation already. */
const isInUse = (/** @type {string} */ dataDir) =>
  ['installation.id', 'postgres', 'temporal.db'].some((name) => existsSync(join(dataDir, name)));

/**
 * One of the things that an installation keeps, each in a file that nobody else can read.
 * @param {string} dataDir
 * @param {keyof typeof kinds} name
 */
function kept(dataDir, name) {
  const file = join(dataDir, name);
  const { make, pattern } = kinds[name];
  if (!existsSync(file)) {
    // A new one in place of a lost one would only hide that what it opened is lost.
    if (isInUse(dataDir)) throw damaged(dataDir, `${name} is missing`);
    writeFileSync(`${file}.new`, make(), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  const value = readFileSync(file, 'utf8').trim();
  if (!pattern.test(value)) throw damaged(dataDir, `${name} does not hold what it should`);
  return value;
}

/**
 * What the installation keeps.
 * @throws {BootError} where some of it is missing or damaged
 */
export function secretsOf(/** @type {string} */ dataDir) {
  const encryptionKey = kept(dataDir, 'encryption.key');
  const databasePassword = kept(dataDir, 'postgres.password');
  // The last: once it is there, all is.
  const installationId = kept(dataDir, 'installation.id');
  return { encryptionKey, databasePassword, installationId };
}
