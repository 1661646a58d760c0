import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';
import { BootError } from './log.mjs';

/** Loads `.env`; variables that are already set win. */
export function loadEnvFile() {
  const file = resolve(root, process.env.CRMFLOW_ENV_FILE ?? '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

const load = (/** @type {string} */ module) => import(pathToFileURL(resolve(root, module)).href);

/**
 * Checks the whole environment before anything is started, also as api and worker will.
 * @param {{ encryptionKey: string }} secrets
 * @returns {Promise<import('../../contracts/src/env.js').Environment>}
 * @throws {BootError} with one line that names each invalid variable
 */
export async function checkEnvironment({ encryptionKey }) {
  const { readEnvironment } = await load('contracts/dist/env.js');
  const result = readEnvironment(process.env);
  if (!result.ok) throw new BootError(result.fault);
  const given = Object.entries(process.env).filter(([, value]) => value !== '');
  const complete = {
    DATABASE_URL: 'postgresql://embedded@127.0.0.1/embedded',
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    ENCRYPTION_KEY: encryptionKey,
    ...Object.fromEntries(given),
  };
  for (const module of ['api/dist/config/read-config.js', 'worker/dist/config.js']) {
    const { readConfig } = await load(module);
    try {
      readConfig(complete);
    } catch (error) {
      if (error.name !== 'ConfigError') throw error;
      throw new BootError(error.message);
    }
  }
  return result.environment;
}

/**
 * The environment of api and worker.
 * @param {{ encryptionKey: string, installationId: string }} secrets
 * @param {{ DATABASE_URL: string, TEMPORAL_ADDRESS: string, PORT: string }} endpoints
 */
export function environmentFor({ encryptionKey, installationId }, endpoints) {
  const queue = process.env.TEMPORAL_ADDRESS ? `crmflow-${installationId}` : 'crmflow';
  return {
    ...process.env,
    ...endpoints,
    TEMPORAL_TASK_QUEUE: process.env.TEMPORAL_TASK_QUEUE || queue,
    ENCRYPTION_KEY: process.env.ENCRYPTION_KEY || encryptionKey,
  };
}

/** Where programs look for files and find their way; GO…: how the Temporal server uses the machine. */
const namesOfServers = [
  ...['PATH', 'HOME', 'TMPDIR', 'TZ', 'LD_LIBRARY_PATH'],
  ...['GOMAXPROCS', 'GOMEMLIMIT', 'GOGC', 'SYSTEMROOT', 'TEMP', 'TMP'],
];

/**
 * The environment of the embedded PostgreSQL and Temporal: named variables only. PostgreSQL runs as
 * another user where we are root, and neither has anything to do with the keys of this installation.
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentOfServer() {
  const given = namesOfServers.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(given), LC_ALL: 'C' };
}
