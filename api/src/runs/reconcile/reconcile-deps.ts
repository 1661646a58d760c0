import type { Logger } from 'pino';
import type { RunDeps } from '../../deps.js';

/** What the reconciler did with a run about which Temporal and the database disagreed. */
export type Outcome = 'launched' | 'ended' | 'forgotten' | 'delivered';

/** What reconciling needs. */
export type ReconcileDeps = RunDeps & {
  logger: Pick<Logger, 'info' | 'warn'>;
  /** Counts what was done, for the metrics. */
  count: (outcome: Outcome) => void;
};
