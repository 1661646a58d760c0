import type { AiProvider } from '@crmflow/activities/ai';
import type { createPool, Db, Embed } from '@crmflow/db';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Authorize } from './access/authorize.js';
import type { Authenticate } from './access/principal.js';
import type { VisitorStreams } from './chat/visitor-streams.js';
import type { Sessions } from './account/sessions.js';
import type { Config } from './config/config.js';
import type { Prover } from './flows/tests/prover.js';
import type { Gate } from './http/gate.js';
import type { Mailer } from './mail/mailer.js';
import type { Metrics } from './metrics/create-metrics.js';
import type { RateLimit } from './rate-limits/create-rate-limit.js';
import type { Engine } from './runs/engine.js';
import type { Programs } from './runs/programs.js';
import type { RunWatch } from './runs/run-watch.js';
import type { Starts } from './runs/starts.js';
import type { Firings } from './schedules/create-firings.js';
import type { Budgets } from './usage/budgets.js';

/** What the parts of the API are built from. Each part asks for the few of them that it uses. */
export type Deps = {
  config: Config;
  logger: Logger;
  db: Db;
  /** Plain connections, for hot paths, the bus, and for what Prisma cannot say. */
  pool: ReturnType<typeof createPool>;
  budgets: Budgets;
  /** What large reads go through, such as lists: they leave connections for everything else. */
  reads: Gate;
  /** What proofs of flows go through, which take a processor for a while. */
  proofs: Gate;
  prover: Prover;
  /** One connection, for the lock that the reconciler holds while it works. */
  locks: ReturnType<typeof createPool>;
  temporal: Client;
  /** Runs, as Temporal has them. */
  engine: Engine;
  programs: Programs;
  starts: Starts;
  /** What becomes of the times of schedules. */
  firings: Firings;
  /** The runs that requests wait for. */
  runWatch: RunWatch;
  /** The conversations that visitors follow. */
  visitors: VisitorStreams;
  sessions: Sessions;
  authenticate: Authenticate;
  authorize: Authorize;
  mailer: Mailer;
  metrics: Metrics;
  /** By user, on messages and commands to runs. */
  commandLimit: RateLimit;
  /** The model, for what is asked outside of runs. */
  ai: AiProvider;
  /** The meanings of texts; without it knowledge is found by words alone. */
  embed?: Embed | undefined;
};

/** What commanding and reading runs needs, and starting them again. */
export type RunDeps = Pick<Deps, 'db' | 'pool' | 'engine' | 'programs'>;
