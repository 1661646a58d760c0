import type { MaintenanceActivities } from '@crmflow/contracts';
import {
  deletedAccounts,
  pruneDrafts,
  removeAccount,
  removeExpiredSessions,
  removeOldTokenUse,
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
    async finishAccountDeletions() {
      const context = Context.current();
      const accounts = await deletedAccounts(pool);
      for (const id of accounts) {
        await removeAccount(pool, id, forgetRun, () => {
          context.heartbeat();
          context.cancellationSignal.throwIfAborted();
        });
      }
      return accounts.length;
    },
  };
}
