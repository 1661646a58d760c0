import type { MaintenanceActivities, MaintenanceJob } from '@crmflow/contracts';
import { proxyActivities } from '@temporalio/workflow';

const activities = proxyActivities<MaintenanceActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30s',
  // What fails three times is tried again when its schedule is next due.
  retry: { initialInterval: '5s', backoffCoefficient: 2, maximumAttempts: 3 },
});

/** Runs one job of maintenance, as its schedule asks for. @returns how many things it removed */
export function maintenance(job: MaintenanceJob): Promise<number> {
  return activities[job]();
}
