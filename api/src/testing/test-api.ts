import { createServer } from 'node:http';
import { migratedDatabase } from '@crmflow/db/testing';
import { afterAll, beforeAll, inject } from 'vitest';
import { analyticsRoutes } from '../flows/analytics/routes.js';
import { createApp } from '../app.js';
import { authRoutes } from '../account/routes.js';
import { readConfig } from '../config/read-config.js';
import { createDeps } from '../create-deps.js';
import type { Deps } from '../deps.js';
import { healthRoutes } from '../health/routes.js';
import { drain } from '../http/drain.js';
import { listen } from '../http/listen.js';
import type { Route } from '../http/route.js';
import { createLogger } from '../logging/create-logger.js';
import { metricRoutes } from '../metrics/routes.js';
import { testRoutes } from '../flows/tests/routes.js';
import { versionRoutes } from '../flows/versions/routes.js';
import { flowRoutes } from '../flows/routes.js';
import { removeLater } from '../workspaces/remove-later.js';

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
    CRMFLOW_EMBEDDER: 'off',
    ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
    CRMFLOW_RATE_LIMITS: 'off',
    PORT: '0',
    ...options.environment,
  });
  const { onLog } = options;
  const logger = onLog ? createLogger('trace', { write: onLog }) : createLogger('silent');
  const { deps, close } = createDeps(config, logger);
  const routes = [
    ...healthRoutes(deps),
    ...metricRoutes(deps),
    ...authRoutes(deps),
    ...flowRoutes(deps, (workspaceId) => removeLater(deps, workspaceId)),
    ...versionRoutes(deps),
    ...testRoutes(deps),
    ...analyticsRoutes(deps),
    ...(options.routes?.(deps) ?? []),
  ];
  const { webFolder } = options;
  const server = createServer(createApp(deps, { routes, ...(webFolder && { webFolder }) }));
  // On a busy machine a connection could be closed at the moment in which it is used again.
  server.keepAliveTimeout = 60_000;
  const port = await listen(server, config);

  return {
    deps,
    url: `http://127.0.0.1:${port}`,
    async stop() {
      await drain(server, 0);
      await close();
      await database.drop();
    },
  };
}

/** A running API of a test. */
export type TestApi = Awaited<ReturnType<typeof startTestApi>>;

/**
 * An API for all tests of a file.
 * @param options a function where they are known before the first test only
 */
export function useTestApi(
  options: TestApiOptions | (() => TestApiOptions) = {},
): Omit<TestApi, 'stop'> {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi(typeof options === 'function' ? options() : options);
  });
  afterAll(() => api?.stop());
  return {
    get deps() {
      return api.deps;
    },
    get url() {
      return api.url;
    },
  };
}
