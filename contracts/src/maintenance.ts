/** Name of the workflow type that runs one job of maintenance, as Temporal knows it. */
export const maintenanceType = 'maintenance';

/** What keeps an installation tidy: each job runs on a Temporal Schedule, and may be repeated. */
export interface MaintenanceActivities {
  /** @returns how many sessions were removed */
  removeExpiredSessions(): Promise<number>;
  /** Removes drafts of test runs that no run needs any more. @returns how many */
  pruneDrafts(): Promise<number>;
  /** Removes what was counted of the use of the model more than a month ago. @returns how much */
  removeOldTokenUse(): Promise<number>;
  /** Removes expired invitations, tokens, audit entries and merges of contacts. @returns how many */
  removeExpiredAccess(): Promise<number>;
  /** Removes late answers of webhooks that expired, and deliveries past their time. @returns how many */
  removeOldDeliveries(): Promise<number>;
  /** Removes ended runs that their workspace no longer keeps. @returns how many */
  removeExpiredRuns(): Promise<number>;
  /** Removes what visitors left who never said anything, and expired tokens. @returns how many rows */
  removeSilentVisitors(): Promise<number>;
  /** Finishes deletions of accounts and workspaces that were broken off. @returns how many */
  finishAccountDeletions(): Promise<number>;
}

/** A job of maintenance: the name of its activity. */
export type MaintenanceJob = keyof MaintenanceActivities;
