import type { MaintenanceActivities, MaintenanceJob } from '@crmflow/contracts';
import {
  deletedWorkspaces,
  pruneDrafts,
  removeDeletedAccounts,
  removeExpiredAccess,
  removeExpiredRuns,
  removeExpiredSessions,
  removeOldDeliveries,
  removeOldTokenUse,
  removeSilentVisitors,
  removeWorkspace,
} from '@crmflow/db';
import { Context } from '@temporalio/activity';
import type { Pool } from 'pg';

/** What maintenance needs. */
export type MaintenanceDeps = {
  /** Without a time limit on statements. */
  maintenancePool: Pool;
  /** Removes runs from Temporal. */
  forgetRuns: (runIds: readonly string[]) => Promise<void>;
  /** Counts ended runs that were past their time, as they are removed. */
  countExpiredRuns: (runs: number) => void;
};

/** Less than an execution of a job may take: the last batch ends too. */
const workMs = 8 * 60_000;

/** Tells Temporal that a long job is alive. @throws where the job is to end */
function heartbeat(): void {
  const context = Context.current();
  context.heartbeat();
  context.cancellationSignal.throwIfAborted();
}

/** Says what a job removed; most executions find nothing and say nothing. */
const logged =
  (job: MaintenanceJob, work: () => Promise<number>): (() => Promise<number>) =>
  async () => {
    const removed = await work();
    if (removed > 0) Context.current().log.info('Maintenance removed something', { job, removed });
    return removed;
  };

/** Makes the activities of maintenance: see `MaintenanceActivities`. */
export function createMaintenance({
  maintenancePool: pool,
  forgetRuns,
  countExpiredRuns,
}: MaintenanceDeps): MaintenanceActivities {
  const jobs: MaintenanceActivities = {
    removeExpiredSessions: () => removeExpiredSessions(pool),
    pruneDrafts: () => pruneDrafts(pool),
    removeOldTokenUse: () => removeOldTokenUse(pool),
    removeExpiredAccess: () => removeExpiredAccess(pool),
    removeOldDeliveries: () => removeOldDeliveries(pool),
    removeExpiredRuns: () =>
      removeExpiredRuns(pool, {
        ...{ forgetRuns, workMs },
        ...{ onStep: heartbeat, onRemoved: countExpiredRuns },
      }),
    removeSilentVisitors: () =>
      removeSilentVisitors(pool, { forgetRuns, workMs, onStep: heartbeat }),
    async finishAccountDeletions() {
      const workspaces = await deletedWorkspaces(pool);
      for (const id of workspaces) await removeWorkspace(pool, id, forgetRuns, heartbeat);
      return workspaces.length + (await removeDeletedAccounts(pool));
    },
  };
  const named = Object.entries(jobs) as [MaintenanceJob, () => Promise<number>][];
  const entries = named.map(([job, work]) => [job, logged(job, work)]);
  return Object.fromEntries(entries) as MaintenanceActivities;
}
