import { fileURLToPath } from 'node:url';
import type { Config } from './config/config.js';
import { ConfigError } from '@crmflow/contracts/env';
import { startTracing } from '@crmflow/temporal-config';
import { readConfig } from './config/read-config.js';
import { ListenError } from './http/listen.js';
import { createLogger } from './logging/create-logger.js';
import { serve } from './serve.js';

/** Whatever still hangs then, a database that does not answer for one, is left behind. */
const longestStopMs = 9_500;

async function main(config: Config): Promise<void> {
  const logger = createLogger(config.logLevel);
  process.on('unhandledRejection', (reason) =>
    logger.error({ err: reason }, 'Unhandled promise rejection'),
  );
  const endTracing = await startTracing('crmflow-api', config.tracesEndpoint, (message) =>
    logger.warn(`Traces: ${message}`),
  );
  const webFolder = fileURLToPath(new URL('../../web/dist', import.meta.url));
  const { port, stop } = await serve(config, logger, webFolder);
  logger.info({ host: config.host, port, registration: config.registration }, 'Listening');

  let stopping = false;
  const end = (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'Stopping');
    setTimeout(() => process.exit(1), longestStopMs);
    void stop()
      .then(endTracing)
      .finally(() => process.exit(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end(signal));
}

try {
  await main(readConfig(process.env));
} catch (error) {
  const foreseen = error instanceof ConfigError || error instanceof ListenError;
  process.stderr.write(`${foreseen ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}
