import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BootError } from './log.mjs';

/** Created at the first start of an installation, and then kept. */
const kinds = {
  /** Encrypts stored keys. */
  'encryption.key': {
    make: () => randomBytes(32).toString('base64'),
    pattern: /^[A-Za-z0-9+/]{43}=$/,
  },
  /** Distinguishes installations that share a Temporal server or this machine. */
  'installation.id': { make: () => randomBytes(6).toString('hex'), pattern: /^[0-9a-f]{12}$/ },
  /** Password of the embedded database. */
  'postgres.password': { make: () => randomBytes(24).toString('hex'), pattern: /^[0-9a-f]{48}$/ },
};

/** The error for a data folder that cannot be used any more. */
const damaged = (/** @type {string} */ dataDir, /** @type {string} */ what) =>
  new BootError(
    `The data folder ${dataDir} is damaged: ${what}. Restore it from a backup, or move it away to start with an empty one.`,
  );

/** Whether the folder already holds an installation. */
export const hasInstallation = (/** @type {string} */ dataDir) =>
  ['installation.id', 'postgres', 'temporal.db'].some((name) => existsSync(join(dataDir, name)));

/**
 * Reads a secret of the installation, or creates it. Each is in a file that other users cannot read.
 * @param {string} dataDir
 * @param {keyof typeof kinds} name
 */
function readOrCreate(dataDir, name) {
  const file = join(dataDir, name);
  const { make, pattern } = kinds[name];
  if (!existsSync(file)) {
    // A new one would hide that the lost one, and what it opened, is gone.
    if (hasInstallation(dataDir)) throw damaged(dataDir, `${name} is missing`);
    writeFileSync(`${file}.new`, make(), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  const value = readFileSync(file, 'utf8').trim();
  if (!pattern.test(value)) throw damaged(dataDir, `${name} is not valid`);
  return value;
}

/**
 * The secrets of the installation.
 * @throws {BootError} if one of them is missing or damaged
 */
export function secretsOf(/** @type {string} */ dataDir) {
  const encryptionKey = readOrCreate(dataDir, 'encryption.key');
  const databasePassword = readOrCreate(dataDir, 'postgres.password');
  // The last: once it is there, all is.
  const installationId = readOrCreate(dataDir, 'installation.id');
  return { encryptionKey, databasePassword, installationId };
}
