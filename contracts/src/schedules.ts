/** Name of the workflow type that a schedule of a flow starts, as Temporal knows it. */
export const scheduledRunType = 'scheduledRun';

/**
 * What came of an instant at which Temporal woke a schedule: `no_time` where it is none of its times, `gone`
 * where there is no such deployment any more.
 */
export type RecordedFiring = 'recorded' | 'no_time' | 'gone';

/** What Temporal's schedules of flows do when they are due. */
export interface ScheduleActivities {
  /**
   * Writes down that a schedule is due, once for each time, and wakes whoever starts its run. Where the
   * deployment is gone, removes its schedule from Temporal.
   * @param firing.scheduledAt epoch milliseconds
   */
  recordFiring(firing: { deploymentId: string; scheduledAt: number }): Promise<RecordedFiring>;
}
