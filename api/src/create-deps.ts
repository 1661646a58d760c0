import { createEmbed, localModelOf } from '@crmflow/activities/ai';
import { createDb, createPool, type PoolOptions, watchServer } from '@crmflow/db';
import type { Logger } from 'pino';
import { findApiToken } from './access/api-tokens.js';
import { createAuthorize } from './access/authorize.js';
import { createAi } from './ai/create-ai.js';
import { createAuthenticate } from './account/authenticate.js';
import { createVisitorStreams } from './chat/visitor-streams.js';
import { createSessions } from './account/sessions.js';
import type { Config } from './config/config.js';
import type { Deps } from './deps.js';
import { watchParts } from './health/watch-parts.js';
import { createProver } from './flows/tests/prover.js';
import { createGate } from './http/gate.js';
import { createMailer } from './mail/mailer.js';
import { createMetrics } from './metrics/create-metrics.js';
import { watchInstallation } from './metrics/watch-installation.js';
import { createCommandLimit } from './rate-limits/user-limits.js';
import { createEngine } from './runs/engine.js';
import { createPrograms } from './runs/programs.js';
import { createRunWatch } from './runs/run-watch.js';
import { createStarts } from './runs/starts.js';
import { createFirings } from './schedules/create-firings.js';
import { createBudgets } from './usage/budgets.js';
import { createTemporalClient } from './temporal/create-client.js';

/** Everything that the parts are built from, and the way to let go of it. */
export type OwnedDeps = { deps: Deps; close: () => Promise<void> };

/**
 * Builds what the parts need. Connects to nothing yet: each connection is made when it is first
 * used, and again whenever it broke, so a database or Temporal that is away stops no start.
 */
export function createDeps(config: Config, logger: Logger): OwnedDeps {
  const watch = watchServer(config.databaseUrl, () =>
    logger.warn('The database is not responding: its connections are broken off'),
  );
  const poolOptions: PoolOptions = {
    watch,
    isPooled: config.databaseDirectUrl !== config.databaseUrl,
    max: config.databasePoolSize,
    connectionTimeoutMillis: 5_000,
    longestStatementMillis: 10_000,
    onError: (error) => logger.warn({ err: error }, 'A database connection failed'),
  };
  const db = createDb(config.databaseUrl, poolOptions);
  const pool = createPool(config.databaseUrl, poolOptions);
  const locks = createPool(config.databaseDirectUrl, { ...poolOptions, isPooled: false, max: 1 });
  const temporal = createTemporalClient(config.temporal);
  const engine = createEngine(temporal, config);
  const sessions = createSessions({ db, pool, config });
  const authenticate = createAuthenticate({
    sessions,
    findApiToken: (token) => findApiToken(pool, token),
    origins: config.origins,
  });
  const mailer = createMailer(config, logger);
  const ai = createAi({ config, pool });
  const localModel = localModelOf(config.models, (why) =>
    logger.warn(`Passages are found by words only: ${why}`),
  );
  const reads = createGate({
    // Of each pool a part is left for what must not wait.
    atOnce: Math.max(1, Math.ceil(config.databasePoolSize / 2)),
    ...{ perUser: 3, waiting: 200, patienceMs: 10_000 },
  });
  const proofs = createGate({ atOnce: 2, perUser: 1, waiting: 10, patienceMs: 30_000 });
  const budgets = createBudgets(pool, config);
  const starts = createStarts(
    createGate({ atOnce: 16, perUser: 8, waiting: 300, patienceMs: 30_000 }),
  );
  const programs = createPrograms({ db, pool });
  const firings = createFirings({
    ...{ config, logger, db, pool, budgets, temporal, engine, programs, starts },
  });
  const runWatch = createRunWatch();
  const visitors = createVisitorStreams(pool);
  const metrics = createMetrics();
  metrics.gauge('crmflow_visitor_streams', 'Open streams of visitors', () => visitors.count());
  metrics.gauge('crmflow_waiting_senders', 'Senders to webhooks that wait for an answer', () =>
    runWatch.count(),
  );
  watchInstallation(metrics, { pool, engine, reads, budgets });
  watchParts(metrics, { pool, budgets, temporal, config });
  return {
    deps: {
      config,
      logger,
      db,
      pool,
      budgets,
      reads,
      proofs,
      prover: createProver(),
      locks,
      temporal,
      engine,
      programs,
      starts,
      firings,
      runWatch,
      visitors,
      sessions,
      authenticate,
      authorize: createAuthorize(pool),
      mailer,
      metrics,
      commandLimit: createCommandLimit({ config }),
      ai,
      embed: createEmbed(ai, localModel),
    },
    async close() {
      mailer.close();
      localModel?.close();
      await Promise.allSettled([
        db.$disconnect(),
        pool.end(),
        locks.end(),
        watch.close(),
        temporal.connection.close(),
      ]);
    },
  };
}
