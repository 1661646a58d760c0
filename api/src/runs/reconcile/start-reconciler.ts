import type { Deps } from '../../deps.js';
import { asAppError } from '../../errors/as-app-error.js';
import { createEngine } from '../engine.js';
import { createClosedRuns } from './end-closed.js';
import type { CountFinding } from './finding.js';
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
 * Keeps what the database says of runs and what Temporal says of them together, in one process
 * at a time: runs that never got under way do, and runs that Temporal has ended or lost end.
 */
export function startReconciler(
  deps: Pick<Deps, 'db' | 'pool' | 'temporal' | 'config' | 'logger' | 'metrics'>,
): Reconciler {
  const { db, pool, temporal, config } = deps;
  const logger = deps.logger.child({ part: 'reconciler' });
  const engine = createEngine(temporal, config);
  const count: CountFinding = (finding) => deps.metrics.reconciled.inc({ finding });
  const overdue = { db, pool, engine, logger, count };
  const closedRuns = createClosedRuns(overdue);
  let lookedAtAll = Number.NEGATIVE_INFINITY;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const work = async () => {
    await launchOverdue(overdue);
    if (Date.now() - lookedAtAll >= lookAtAllEveryMs) {
      await closedRuns.lookAtAll();
      lookedAtAll = Date.now();
    }
    await closedRuns.look();
  };

  const round = async () => {
    try {
      await withReconcilerLock(pool, work);
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
