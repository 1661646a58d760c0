import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createApp } from './app.js';
import { removeExpiredSessions } from './auth/remove-expired-sessions.js';
import type { Config } from './config/config.js';
import { ConfigError, readConfig } from './config/read-config.js';
import { createDeps } from './create-deps.js';
import { drain } from './http/drain.js';
import { listen, ListenError } from './http/listen.js';
import { createLogger } from './logging/create-logger.js';
import { attachRealtime } from './realtime/attach-realtime.js';
import { createRoutes } from './routes.js';

/** Of the ten seconds that a part has to stop in. */
const graceMs = 7_000;

async function serve(config: Config): Promise<void> {
  const logger = createLogger(config.logLevel);
  process.on('unhandledRejection', (reason) =>
    logger.error({ err: reason }, 'A promise failed and nobody looked; a fault of ours'),
  );
  const { deps, close } = createDeps(config, logger);
  const webFolder = fileURLToPath(new URL('../../web/dist', import.meta.url));
  const server = createServer(createApp(deps, { routes: createRoutes(deps), webFolder }));
  const realtime = attachRealtime(server, deps);
  const endRemoving = removeExpiredSessions(deps);

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'Stopping');
    endRemoving();
    const drained = drain(server, graceMs);
    await realtime.close();
    await drained;
    await close();
    logger.info('Stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => void stop(signal));
  }

  const port = await listen(server, config);
  logger.info({ host: config.host, port, registration: config.registration }, 'Listening');
}

try {
  await serve(readConfig(process.env));
} catch (error) {
  const foreseen = error instanceof ConfigError || error instanceof ListenError;
  process.stderr.write(`${foreseen ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}
