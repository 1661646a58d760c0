import { type ScheduleActivities, scheduleSettingsSchema } from '@crmflow/contracts';
import { addFirings, publish, readScheduleSettings } from '@crmflow/db';
import { isTime, timingOf } from '@crmflow/expressions';
import type { Pool } from 'pg';

/** What recording firings needs. */
export type RecordFiringDeps = {
  pool: Pool;
  /** Removes the schedule of a deployment from Temporal. */
  removeSchedule: (deploymentId: string) => Promise<void>;
};

/** Makes the activity that schedules call when they are due: see `ScheduleActivities`. */
export function createRecordFiring({
  pool,
  removeSchedule,
}: RecordFiringDeps): ScheduleActivities['recordFiring'] {
  return async ({ deploymentId, scheduledAt }) => {
    const stored = await readScheduleSettings(pool, deploymentId);
    if (stored === null) {
      await removeSchedule(deploymentId);
      return 'gone';
    }
    const timing = timingOf(scheduleSettingsSchema.parse(stored));
    if (!isTime(timing, scheduledAt)) return 'no_time';
    await addFirings(pool, deploymentId, 'scheduled', [new Date(scheduledAt)]);
    await publish(pool, { kind: 'firing', deploymentId });
    return 'recorded';
  };
}
