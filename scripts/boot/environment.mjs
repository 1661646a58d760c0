import { join } from 'node:path';
import { root } from './paths.mjs';
import { BootError } from './say.mjs';
import { encryptionKeyOf, installationIdOf } from './secrets.mjs';

const isProduction = () => process.env.NODE_ENV === 'production';

/**
 * Reads the environment as api and worker will, before anything is started.
 * @throws BootError with one line that names each wrong value
 */
export async function checkEnvironment(dataDir) {
  const placeholders = {
    DATABASE_URL: 'postgresql://embedded@127.0.0.1/embedded',
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    ...(!isProduction() && { ENCRYPTION_KEY: encryptionKeyOf(dataDir) }),
  };
  const given = Object.entries(process.env).filter(([, value]) => value !== '');
  const environment = { ...placeholders, ...Object.fromEntries(given) };
  for (const module of ['api/dist/config/read-config.js', 'worker/dist/config.js']) {
    const { readConfig } = await import(join(root, module));
    try {
      readConfig(environment);
    } catch (error) {
      if (error.name !== 'ConfigError') throw error;
      throw new BootError(error.message);
    }
  }
}

/** The environment of api and worker, once it is known where database and Temporal are. */
export function environmentFor(dataDir, { databaseUrl, temporalAddress }) {
  const queue = process.env.TEMPORAL_ADDRESS ? `crmflow-${installationIdOf(dataDir)}` : 'crmflow';
  return {
    ...process.env,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_TASK_QUEUE: process.env.TEMPORAL_TASK_QUEUE || queue,
    ...(!process.env.ENCRYPTION_KEY && !isProduction() && { ENCRYPTION_KEY: encryptionKeyOf(dataDir) }),
  };
}
