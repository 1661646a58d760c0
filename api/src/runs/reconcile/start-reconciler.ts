import type { Deps } from '../../deps.js';
import { asAppError } from '../../errors/as-app-error.js';
import { startOverdueReadings } from '../../knowledge/extraction.js';
import { deliverOverdue } from './deliver-overdue.js';
import { createClosedRuns } from './end-closed.js';
import type { ReconcileDeps } from './reconcile-deps.js';
import { launchOverdue } from './launch-overdue.js';
import { withReconcilerLock } from './with-lock.js';

/** A reconciler at work. */
export type Reconciler = {
  /** Settles once a round that was under way is done. */
  close(): Promise<void>;
};

const everyMs = 10_000;
const lookAtAllEveryMs = 3_600_000;

/**
 * Brings the database and Temporal together, in one process at a time: starts the runs and the
 * readings that never got under way, delivers callbacks that others left behind, and ends runs that Temporal has ended or lost. It is no
 * schedule of Temporal's, since it is about what happens while Temporal is away (ADR 21).
 */
export function startReconciler(
  deps: Pick<
    Deps,
    'db' | 'pool' | 'locks' | 'engine' | 'programs' | 'temporal' | 'config' | 'logger' | 'metrics'
  >,
): Reconciler {
  const { db, pool, engine, programs } = deps;
  const logger = deps.logger.child({ part: 'reconciler' });
  const count: ReconcileDeps['count'] = (outcome) =>
    deps.metrics.reconciled.inc({ finding: outcome });
  const overdue = { db, pool, engine, programs, logger, count };
  const closedRuns = createClosedRuns(overdue);
  let lookedAtAll = Number.NEGATIVE_INFINITY;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const work = async () => {
    await launchOverdue(overdue);
    await deliverOverdue(overdue);
    await startOverdueReadings(deps);
    if (Date.now() - lookedAtAll >= lookAtAllEveryMs) {
      await closedRuns.lookAtAll();
      lookedAtAll = Date.now();
    }
    await closedRuns.look();
  };

  const round = async () => {
    try {
      await withReconcilerLock(deps.locks, work);
    } catch (error) {
      const { code } = asAppError(error);
      const passing = code === 'temporal_unavailable' || code === 'database_unavailable';
      if (passing) logger.info({ code }, 'The reconciler was interrupted; it runs again shortly');
      else logger.error({ err: error }, 'The reconciler failed; it runs again shortly');
    }
    if (closed) return;
    timer = setTimeout(() => {
      running = round();
    }, everyMs);
  };
  let running = round();

  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
