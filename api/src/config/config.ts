import { temporalSettings } from '@crmflow/temporal-config';
import { z } from 'zod';
import { trustProxySchema } from './trust-proxy.js';

const flag = z.enum(['on', 'off'], { error: 'must be on or off' });

const origin = (value: string) => URL.canParse(value) && new URL(value).origin === value;

const originsSchema = z
  .string()
  .transform((value) => value.split(',').map((one) => one.trim()))
  .transform((origins) => origins.filter((one) => one !== ''))
  .refine(
    (origins) => origins.every(origin),
    'must be a comma-separated list of origins such as https://app.example.com, without a path',
  );

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .transform((value) => new URL(value));

const encryptionKey = z
  .string()
  .refine(
    (value) => /^[A-Za-z0-9+/]{43}=$/.test(value),
    'must be 32 bytes in base64; make one by: openssl rand -base64 32',
  );

const needed = (example: string) => z.string({ error: `is not set; set it, e.g. to ${example}` });

/** The API's environment. Every message follows the name of its variable. */
export const environmentSchema = z
  .object({
    NODE_ENV: z.string().default('development'),
    HOST: z.string().min(1).default('127.0.0.1'),
    PORT: z
      .string()
      .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65_535, 'must be a port number from 0 to 65535')
      .default(3001),
    DATABASE_URL: needed('postgresql://user:password@127.0.0.1:5432/crmflow').refine(
      (value) => URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol),
      'must be a URL such as postgresql://user:password@127.0.0.1:5432/crmflow',
    ),
    TEMPORAL_ADDRESS: needed('127.0.0.1:7233').regex(
      /^[^\s/:]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/,
      'must be host:port, such as 127.0.0.1:7233',
    ),
    TEMPORAL_NAMESPACE: z.string().min(1).default(temporalSettings.namespace),
    TEMPORAL_TASK_QUEUE: z.string().min(1).default(temporalSettings.taskQueue),
    PUBLIC_URL: httpUrl.optional(),
    CORS_ORIGINS: originsSchema.default([]),
    TRUST_PROXY: trustProxySchema.default(false),
    ENCRYPTION_KEY: encryptionKey.optional(),
    CRMFLOW_REGISTRATION: z
      .enum(['open', 'invite', 'closed'], { error: 'must be open, invite or closed' })
      .optional(),
    CRMFLOW_RATE_LIMITS: flag.default('on'),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'must be fatal, error, warn, info, debug, trace or silent',
      })
      .default('info'),
  })
  .refine((env) => env.NODE_ENV !== 'production' || env.ENCRYPTION_KEY !== undefined, {
    path: ['ENCRYPTION_KEY'],
    error: 'is required in production; make one by: openssl rand -base64 32',
  });

/** Who may register: anyone; the first account and then those who were invited; nobody. */
export type Registration = 'open' | 'invite' | 'closed';

/** What the API is told from outside. */
export type Config = {
  host: string;
  /** 0 for any free port. */
  port: number;
  databaseUrl: string;
  temporal: { address: string; namespace: string; taskQueue: string };
  /** Where people reach the installation, without a slash at the end, if it was said. */
  publicUrl?: string;
  /** Origins whose pages may use the API with a session. */
  origins: string[];
  /** As Express takes it. */
  trustProxy: boolean | number | string;
  registration: Registration;
  rateLimits: boolean;
  logLevel: string;
};
