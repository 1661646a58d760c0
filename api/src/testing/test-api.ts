import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDb, createPool } from '@crmflow/db';
import { migratedDatabase } from '@crmflow/db/testing';
import { inject } from 'vitest';
import { createApp } from '../app.js';
import { createAuthenticate } from '../auth/principal.js';
import { authRoutes } from '../auth/routes.js';
import { createSessions } from '../auth/sessions.js';
import { readConfig } from '../config/read-config.js';
import type { Deps } from '../deps.js';
import { healthRoutes } from '../health/routes.js';
import type { Route } from '../http/route.js';
import { createLogger } from '../logging/create-logger.js';
import { createTemporalClient } from '../temporal/create-client.js';
import { workflowRoutes } from '../workflows/routes.js';

/** What a test may vary. */
export type TestApiOptions = {
  environment?: Record<string, string>;
  routes?: (deps: Deps) => Route[];
  webFolder?: string;
  /** Takes the log, one JSON line at a time. */
  onLog?: (line: string) => void;
};

/** An API of a test's own: on a port and a database of its own, with everything but runs. */
export async function startTestApi(options: TestApiOptions = {}) {
  const database = await migratedDatabase();
  const config = readConfig({
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    CRMFLOW_RATE_LIMITS: 'off',
    PORT: '0',
    ...options.environment,
  });
  const { onLog } = options;
  const logger = onLog ? createLogger('trace', { write: onLog }) : createLogger('silent');
  const quiet = { connectionTimeoutMillis: 2_000, onError: () => {} };
  const db = createDb(config.databaseUrl, quiet);
  const pool = createPool(config.databaseUrl, quiet);
  const temporal = createTemporalClient(config.temporal);
  const sessions = createSessions({ db, pool, config });
  const authenticate = createAuthenticate({ sessions, origins: config.origins });
  const deps: Deps = { config, logger, db, pool, temporal, sessions, authenticate };
  const cancelled: string[] = [];
  const cancelRuns = async (workflowId: string) => void cancelled.push(workflowId);
  const routes = [
    ...healthRoutes(deps),
    ...authRoutes(deps),
    ...workflowRoutes(deps, cancelRuns),
    ...(options.routes?.(deps) ?? []),
  ];
  const { webFolder } = options;
  const server = createServer(createApp(deps, { routes, ...(webFolder && { webFolder }) }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    deps,
    url: `http://127.0.0.1:${port}`,
    /** The flows whose runs were told to end. */
    cancelled,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all([db.$disconnect(), pool.end(), temporal.connection.close()]);
      await database.drop();
    },
  };
}

/** A running API of a test. */
export type TestApi = Awaited<ReturnType<typeof startTestApi>>;
