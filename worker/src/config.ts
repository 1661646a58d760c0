import { fieldErrors } from '@crmflow/contracts';
import { z } from 'zod';

const needed = (example: string) => z.string({ error: `is not set; set it, e.g. to ${example}` });

const schema = z.object({
  DATABASE_URL: needed('postgresql://user:password@127.0.0.1:5432/crmflow'),
  TEMPORAL_ADDRESS: needed('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_TASK_QUEUE: z.string().min(1).default('crmflow'),
  GEMINI_API_KEY: z.string().optional(),
  GEMINI_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .optional(),
  GEMINI_MODEL: z.string().min(1).default('gemini-2.5-flash'),
  CRMFLOW_EGRESS_ALLOW: z
    .string()
    .default('')
    .transform((list) => list.split(',').map((one) => one.trim()))
    .transform((list) => list.filter((one) => one !== '')),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
});

/** What the worker is told from outside. */
export type Config = z.output<typeof schema>;

/** What is wrong with the environment, in one line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the worker's configuration; a variable that is set to nothing counts as not set.
 * @throws ConfigError with one line that names each variable at fault
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.entries(environment).filter(([, value]) => value !== '');
  const result = schema.safeParse(Object.fromEntries(given));
  if (result.success) return result.data;
  const faults = fieldErrors(result.error).map((one) => `${one.path} ${one.message}`);
  throw new ConfigError(`The environment has faults: ${faults.join('; ')}.`);
}
