import type { MaintenanceActivities } from '@crmflow/contracts';
import {
  deletedWorkspaces,
  pruneDrafts,
  removeDeletedAccounts,
  removeExpiredAccess,
  removeExpiredSessions,
  removeOldTokenUse,
  removeWorkspace,
} from '@crmflow/db';
import { Context } from '@temporalio/activity';
import type { Pool } from 'pg';

/** What maintenance needs. */
export type MaintenanceDeps = {
  /** Without a time limit on statements. */
  maintenancePool: Pool;
  /** Removes a run from Temporal. */
  forgetRun: (runId: string) => Promise<void>;
};

/** Makes the activities of maintenance: see `MaintenanceActivities`. */
export function createMaintenance({
  maintenancePool: pool,
  forgetRun,
}: MaintenanceDeps): MaintenanceActivities {
  return {
    removeExpiredSessions: () => removeExpiredSessions(pool),
    pruneDrafts: () => pruneDrafts(pool),
    removeOldTokenUse: () => removeOldTokenUse(pool),
    removeExpiredAccess: () => removeExpiredAccess(pool),
    async finishAccountDeletions() {
      const context = Context.current();
      const workspaces = await deletedWorkspaces(pool);
      for (const id of workspaces) {
        await removeWorkspace(pool, id, forgetRun, () => {
          context.heartbeat();
          context.cancellationSignal.throwIfAborted();
        });
      }
      return workspaces.length + (await removeDeletedAccounts(pool));
    },
  };
}
