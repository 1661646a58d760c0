import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where an installation keeps its data: one such folder is one independent installation. */
export function dataDirOf(environment = process.env) {
  return resolve(root, environment.CRMFLOW_DATA_DIR || '.crmflow');
}

/** A folder in the user's cache, which all checkouts share. @param {string} name */
export const cacheFolder = (name) =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'crmflow', name);

/** A path as the user gave it: npm runs scripts in the checkout, wherever it was called. */
export const givenPath = (/** @type {string | undefined} */ path) =>
  path && resolve(process.env.INIT_CWD ?? '.', path);
