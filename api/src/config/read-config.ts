import { isIP } from 'node:net';
import {
  type Environment,
  listItems,
  modelSettings,
  requireEnvironment,
  sharedKeySettings,
} from '@crmflow/contracts/env';
import { temporalServer, temporalSettings } from '@crmflow/temporal-config';
import { isLoopback } from './loopback.js';
import type { Config, Registration } from './config.js';

const needed = {
  DATABASE_URL: 'postgresql://app:secret@db:5432/crmflow',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  ENCRYPTION_KEY: 'the output of openssl rand -base64 32',
};

const isThisMachine = (host: string) =>
  host === 'localhost' || (isIP(host) !== 0 && isLoopback(host));

/**
 * Who may register where nobody said it: anyone on a machine that serves only itself. Everywhere
 * else the first account is whoever sets the installation up, and then it is closed.
 */
function defaultRegistration({ HOST, PUBLIC_URL, NODE_ENV }: Environment): Registration {
  return isThisMachine(HOST) && PUBLIC_URL === undefined && NODE_ENV !== 'production'
    ? 'open'
    : 'invite';
}

/** Which proxies may say where a request came from: none, so many hops, or these addresses. */
function trustProxy(value: string | undefined): Config['trustProxy'] {
  if (value === undefined || value === 'false' || value === '0') return false;
  return /^\d+$/.test(value) ? Number(value) : listItems(value).join(',');
}

/**
 * Reads the API's configuration; a variable that is set to nothing counts as not set.
 * @throws ConfigError with one line that names each variable at fault and how to fix it
 */
export function readConfig(given: Record<string, string | undefined>): Config {
  const env = requireEnvironment(given, needed);
  const pages = [...listItems(env.PUBLIC_URL), ...listItems(env.CORS_ORIGINS)];
  return {
    host: env.HOST,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    databaseDirectUrl: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    databaseLimitBytes: env.DATABASE_LIMIT_GB * 1e9,
    temporal: {
      ...temporalServer(env),
      namespace: env.TEMPORAL_NAMESPACE,
      taskQueue: env.TEMPORAL_TASK_QUEUE ?? temporalSettings.taskQueue,
    },
    ...(env.PUBLIC_URL !== undefined && { publicUrl: env.PUBLIC_URL.replace(/(?<!\/)\/+$/, '') }),
    origins: [...new Set(pages.map((page) => new URL(page).origin))],
    trustProxy: trustProxy(env.TRUST_PROXY),
    registration: env.CRMFLOW_REGISTRATION ?? defaultRegistration(env),
    encryptionKey: env.ENCRYPTION_KEY,
    previousEncryptionKeys: listItems(env.ENCRYPTION_KEY_PREVIOUS),
    models: modelSettings(env),
    sharedKey: sharedKeySettings(env),
    egressAllow: listItems(env.CRMFLOW_EGRESS_ALLOW),
    ...(env.SMTP_URL !== undefined && { smtpUrl: env.SMTP_URL }),
    rateLimits: env.CRMFLOW_RATE_LIMITS === 'on',
    ...(env.METRICS_TOKEN !== undefined && { metricsToken: env.METRICS_TOKEN }),
    logLevel: env.LOG_LEVEL,
    ...(env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined && {
      tracesEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    }),
  };
}
