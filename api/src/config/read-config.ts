import { isIP } from 'node:net';
import { fieldErrors } from '@crmflow/contracts';
import { type Config, environmentSchema, type Registration } from './config.js';

type Environment = Record<string, string | undefined>;

/** What is wrong with the environment, in one line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/**
 * Who may register where nobody said it: anyone on a machine that serves only itself. Everywhere
 * else the first account is whoever sets the installation up, and then it is closed.
 */
function defaultRegistration(host: string, isPublic: boolean, nodeEnv: string): Registration {
  return isLoopback(host) && !isPublic && nodeEnv !== 'production' ? 'open' : 'invite';
}

/**
 * Reads the API's configuration; a variable that is set to nothing counts as not set.
 * @throws ConfigError with one line that names each variable at fault and how to mend it
 */
export function readConfig(environment: Environment): Config {
  const given = Object.entries(environment).filter(([, value]) => value !== '');
  const result = environmentSchema.safeParse(Object.fromEntries(given));
  if (!result.success) {
    const faults = fieldErrors(result.error).map((one) => `${one.path} ${one.message}`);
    throw new ConfigError(`The environment has faults: ${faults.join('; ')}.`);
  }
  const env = result.data;
  const publicUrl = env.PUBLIC_URL?.href.replace(/\/$/, '');
  return {
    host: env.HOST,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    temporal: {
      address: env.TEMPORAL_ADDRESS,
      namespace: env.TEMPORAL_NAMESPACE,
      taskQueue: env.TEMPORAL_TASK_QUEUE,
    },
    ...(publicUrl === undefined ? {} : { publicUrl }),
    origins: [
      ...new Set([...(env.PUBLIC_URL ? [env.PUBLIC_URL.origin] : []), ...env.CORS_ORIGINS]),
    ],
    trustProxy: env.TRUST_PROXY,
    registration:
      env.CRMFLOW_REGISTRATION ??
      defaultRegistration(env.HOST, publicUrl !== undefined, env.NODE_ENV),
    rateLimits: env.CRMFLOW_RATE_LIMITS === 'on',
    logLevel: env.LOG_LEVEL,
  };
}
