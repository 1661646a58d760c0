import { type EnvironmentWith, requireEnvironment } from '@crmflow/contracts/env';
import { temporalSettings } from '@crmflow/temporal-config';

const needed = {
  DATABASE_URL: 'postgresql://user:password@127.0.0.1:5432/crmflow',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  ENCRYPTION_KEY: 'the output of openssl rand -base64 32',
};

/** What the worker is told from outside. */
export type Config = EnvironmentWith<
  keyof typeof needed | 'TEMPORAL_TASK_QUEUE' | 'DATABASE_DIRECT_URL'
>;

/**
 * Reads the worker's configuration; a variable that is set to nothing counts as not set.
 * @throws ConfigError with one line that names each variable at fault
 */
export function readConfig(given: Record<string, string | undefined>): Config {
  const environment = requireEnvironment(given, needed);
  const {
    TEMPORAL_TASK_QUEUE = temporalSettings.taskQueue,
    // Without a pooler in between both are the same.
    DATABASE_DIRECT_URL = environment.DATABASE_URL,
  } = environment;
  return { ...environment, TEMPORAL_TASK_QUEUE, DATABASE_DIRECT_URL };
}
