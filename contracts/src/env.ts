import { z } from 'zod';
import { fieldErrors } from './field-errors.js';
import { geminiModelPattern, openAiModelPattern } from './fields/identifiers.js';
import { limits } from './limits.js';

const flag = z.enum(['on', 'off'], { error: 'must be on or off' });

const key = z
  .string()
  .regex(
    /^[A-Za-z0-9+/]{43}=$/,
    'must be 32 bytes in base64. Create one with: openssl rand -base64 32',
  );

const webUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });

const databaseUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be a URL such as postgresql://user:password@127.0.0.1:5432/crmflow',
});

const listOf = (item: z.ZodType<string, string>, error: string) =>
  z
    .string()
    .refine((text) => text.split(',').every((one) => item.safeParse(one.trim()).success), error);

const tokens = z
  .string()
  .regex(/^\d{1,12}$/, 'must be a number of tokens, such as 1000000')
  .transform(Number);

const openAiModel = z
  .string()
  .regex(openAiModelPattern, 'must be the name of a model as its server has it, such as llama3.2');

const portError = 'must be a port number from 0 to 65535';
const hostAndPort = /^([^\s/:,]+|\[[0-9a-fA-F:]+\]):\d{1,5}$/;
const proxy = z.union([
  z.ipv4(),
  z.ipv6(),
  z.cidrv4(),
  z.cidrv6(),
  z.enum(['loopback', 'linklocal', 'uniquelocal']),
]);

/**
 * The environment of an installation: every variable that the outside contract names, and how it
 * must look. A message follows the name of its variable.
 */
export const environmentSchema = z
  .object({
    NODE_ENV: z.string().default('development'),
    HOST: z.string().min(1).default('127.0.0.1'),
    PORT: z
      .string()
      .regex(/^\d{1,5}$/, portError)
      .transform(Number)
      .refine((port) => port <= 65_535, portError)
      .default(3001),
    CRMFLOW_DATA_DIR: z.string().min(1).default('.crmflow'),
    DATABASE_URL: databaseUrl.optional(),
    DATABASE_DIRECT_URL: databaseUrl.optional(),
    DATABASE_POOL_SIZE: z
      .string()
      .regex(/^[1-9]\d{0,2}$/, 'must be a number from 1 to 999')
      .transform(Number)
      .default(10),
    DATABASE_LIMIT_GB: z
      .string()
      .regex(/^[1-9]\d{0,5}$/, 'must be a number of gigabytes, such as 100')
      .transform(Number)
      .default(limits.databaseBytes / 1e9),
    TEMPORAL_ADDRESS: z
      .string()
      .regex(hostAndPort, 'must be host:port, such as 127.0.0.1:7233')
      .optional(),
    TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
    TEMPORAL_TASK_QUEUE: z.string().min(1).optional(),
    TEMPORAL_TLS: flag.default('off'),
    TEMPORAL_TLS_CA: z.string().optional(),
    TEMPORAL_TLS_CERT: z.string().optional(),
    TEMPORAL_TLS_KEY: z.string().optional(),
    TEMPORAL_TLS_SERVER_NAME: z.string().optional(),
    TEMPORAL_API_KEY: z.string().optional(),
    ENCRYPTION_KEY: key.optional(),
    ENCRYPTION_KEY_PREVIOUS: listOf(
      key,
      'must be a comma-separated list of keys of 32 bytes in base64',
    ).optional(),
    GEMINI_API_KEY: z.string().optional(),
    GEMINI_BASE_URL: webUrl.optional(),
    GEMINI_MODEL: z
      .string()
      .regex(geminiModelPattern, 'must be the name of a model, such as gemini-flash-latest')
      .default('gemini-flash-latest'),
    GEMINI_SHARED_MODELS: listOf(
      z.string().regex(/^[\w./-]+\*?$|^\*$/),
      'must be a comma-separated list of models, such as gemini-flash-latest, gemini-2.5-*',
    ).optional(),
    GEMINI_TOKENS_PER_FLOW: tokens.default(limits.tokensOfFlow),
    GEMINI_TOKENS_PER_WORKSPACE: tokens.default(limits.tokensOfWorkspace),
    GEMINI_TOKENS_PER_DAY: tokens.default(limits.tokensOfInstallation),
    OPENAI_BASE_URL: webUrl.optional(),
    OPENAI_API_KEY: z.string().optional(),
    OPENAI_MODEL: openAiModel.optional(),
    OPENAI_EMBEDDING_MODEL: openAiModel.optional(),
    CRMFLOW_EMBEDDER: z
      .union([z.literal('off'), webUrl, z.string().regex(/^\//)], {
        error: 'must be off, a folder such as /srv/models/e5, or an http or https URL',
      })
      .optional(),
    XDG_CACHE_HOME: z.string().optional(),
    PUBLIC_URL: webUrl.optional(),
    CORS_ORIGINS: listOf(
      webUrl,
      'must be a comma-separated list of origins such as https://app.example.com',
    ).optional(),
    SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: 'must be a URL such as smtp://user:password@host:587' })
      .optional(),
    TRUST_PROXY: z
      .union([z.literal('false'), z.string().regex(/^\d{1,2}$/), listOf(proxy, '')], {
        error: 'must be a number of proxies, or a list of addresses such as loopback, 10.0.0.0/8',
      })
      .optional(),
    CRMFLOW_REGISTRATION: z
      .enum(['open', 'invite', 'closed'], { error: 'must be open, invite or closed' })
      .optional(),
    CRMFLOW_RATE_LIMITS: flag.default('on'),
    CRMFLOW_EGRESS_ALLOW: listOf(
      z.string().regex(hostAndPort),
      'must be a comma-separated list of host:port, such as 127.0.0.1:8080',
    ).optional(),
    METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
    WORKER_METRICS_HOST: z.string().min(1).default('127.0.0.1'),
    WORKER_METRICS_PORT: z
      .string()
      .regex(/^\d{1,5}$/, portError)
      .transform(Number)
      .refine((port) => port <= 65_535, portError)
      .optional(),
    OTEL_EXPORTER_OTLP_ENDPOINT: webUrl.optional(),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'must be fatal, error, warn, info, debug, trace or silent',
      })
      .default('info'),
  })
  .refine((env) => env.NODE_ENV !== 'production' || env.ENCRYPTION_KEY !== undefined, {
    path: ['ENCRYPTION_KEY'],
    error: 'is required in production. Create one with: openssl rand -base64 32',
  })
  .refine((env) => env.DATABASE_DIRECT_URL === undefined || env.DATABASE_URL !== undefined, {
    path: ['DATABASE_DIRECT_URL'],
    error: 'belongs to DATABASE_URL, which is not set',
  })
  .refine((env) => (env.TEMPORAL_TLS_CERT === undefined) === (env.TEMPORAL_TLS_KEY === undefined), {
    path: ['TEMPORAL_TLS_CERT'],
    error: 'and TEMPORAL_TLS_KEY belong together. Set both, or neither',
  });

/** A valid environment of an installation. */
export type Environment = z.output<typeof environmentSchema>;

/** A valid environment, or what is wrong in one line that names each variable at fault. */
export type EnvironmentResult =
  { ok: true; environment: Environment } | { ok: false; fault: string };

/** Checks an environment as a whole; a variable that is set to nothing counts as not set. */
export function readEnvironment(given: Record<string, string | undefined>): EnvironmentResult {
  const set = Object.entries(given).filter(([, value]) => value !== '');
  const result = environmentSchema.safeParse(Object.fromEntries(set));
  if (result.success) return { ok: true, environment: result.data };
  const faults = fieldErrors(result.error).map(({ path, message }) => `${path} ${message}`);
  return { ok: false, fault: `Invalid environment: ${faults.join('; ')}.` };
}

/** What is wrong with the environment, in one line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** An environment in which these variables are set. */
export type EnvironmentWith<Name extends keyof Environment> = Environment & {
  [Key in Name]-?: NonNullable<Environment[Key]>;
};

/**
 * Reads the environment of a process that cannot do without some of its variables.
 * @param needed the name of each of them, with an example
 * @throws ConfigError with one line that names each variable at fault and how to fix it
 */
export function requireEnvironment<Name extends keyof Environment>(
  given: Record<string, string | undefined>,
  needed: { [Key in Name]: string },
): EnvironmentWith<Name> {
  const result = readEnvironment(given);
  if (!result.ok) throw new ConfigError(result.fault);
  const { environment } = result;
  const missing = Object.entries<string>(needed)
    .filter(([name]) => environment[name as Name] === undefined)
    .map(([name, example]) => `${name} is required, such as ${example}`);
  if (missing.length > 0) {
    throw new ConfigError(`Invalid environment: ${missing.join('; ')}.`);
  }
  return environment as EnvironmentWith<Name>;
}

const ofModels = [
  ...(['GEMINI_API_KEY', 'GEMINI_BASE_URL', 'GEMINI_MODEL', 'GEMINI_SHARED_MODELS'] as const),
  ...(['GEMINI_TOKENS_PER_FLOW', 'GEMINI_TOKENS_PER_WORKSPACE', 'GEMINI_TOKENS_PER_DAY'] as const),
  ...(['OPENAI_BASE_URL', 'OPENAI_API_KEY', 'OPENAI_MODEL', 'OPENAI_EMBEDDING_MODEL'] as const),
  ...(['CRMFLOW_EGRESS_ALLOW', 'CRMFLOW_EMBEDDER', 'XDG_CACHE_HOME'] as const),
] as const;

/** What of the environment is about models. */
export type ModelSettings = Pick<Environment, (typeof ofModels)[number]>;

/** The variables that are about models, and no others: the rest holds other secrets. */
export function modelSettings(env: Environment): ModelSettings {
  return Object.fromEntries(
    ofModels.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  ) as ModelSettings;
}

/** What the installation's key for the model may be used for. */
export const sharedKeySettings = (
  env: Pick<
    Environment,
    'GEMINI_SHARED_MODELS' | `GEMINI_TOKENS_PER_${'FLOW' | 'WORKSPACE' | 'DAY'}`
  >,
) => ({
  models: listItems(env.GEMINI_SHARED_MODELS),
  tokens: {
    flow: env.GEMINI_TOKENS_PER_FLOW,
    workspace: env.GEMINI_TOKENS_PER_WORKSPACE,
    installation: env.GEMINI_TOKENS_PER_DAY,
  },
});

/** The items of a variable that holds a comma-separated list; none where it is not set. */
export function listItems(list: string | undefined): string[] {
  return list?.split(',').map((one) => one.trim()) ?? [];
}
