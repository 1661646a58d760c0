import type { Pool } from 'pg';
import { cached } from '../cached.js';
import type { Deps } from '../deps.js';
import type { Metrics } from './create-metrics.js';

/** However many look, the database is asked this often. */
const cachedMs = 10_000;

async function countOpenRuns(pool: Pool): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ status: string; runs: number }>(
    `SELECT status, count(*)::int AS runs FROM "Run" WHERE "finishedAt" IS NULL GROUP BY status`,
  );
  const none = { running: 0, waiting: 0, paused: 0 };
  return { ...none, ...Object.fromEntries(rows.map(({ status, runs }) => [status, runs])) };
}

/** Counts what belongs to the whole installation, and so is the same in each API process. */
export function watchInstallation(
  metrics: Metrics,
  { pool, engine, reads, budgets }: Pick<Deps, 'pool' | 'engine' | 'reads' | 'budgets'>,
): void {
  metrics.gaugeBy(
    'crmflow_open_runs',
    { help: 'Active runs of the installation', label: 'status' },
    cached(cachedMs, () => countOpenRuns(pool)),
  );
  metrics.gauge(
    'crmflow_stuck_runs',
    'Runs of the installation whose workflow task keeps failing',
    () => engine.countStuck(),
  );
  metrics.gaugeBy(
    'crmflow_database_connections',
    {
      help: 'Database connections of this process; waiting: callers without a connection',
      label: 'state',
    },
    () => ({
      busy: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
  );
  metrics.gaugeBy(
    'crmflow_large_reads',
    { help: 'Lists and other large reads of this process, by state', label: 'state' },
    () => reads.state(),
  );
  metrics.gaugeBy(
    'crmflow_budget_used_ratio',
    { help: 'How full each budget of the installation is: 1 for full', label: 'budget' },
    () => budgets.ofInstallation(),
  );
}
