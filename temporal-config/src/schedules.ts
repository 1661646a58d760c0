import { maintenanceType, type MaintenanceJob } from '@crmflow/contracts';
import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
} from '@temporalio/client';

/** How often each job runs. The history of each execution is kept as long as that of a run. */
const intervals: Record<MaintenanceJob, '10 minutes' | '1 hour'> = {
  removeExpiredSessions: '1 hour',
  pruneDrafts: '1 hour',
  removeOldTokenUse: '1 hour',
  finishAccountDeletions: '10 minutes',
};

/** The id of a job's schedule. The task queue is what tells installations on one Temporal apart. */
export const scheduleIdOf = (taskQueue: string, job: MaintenanceJob) => `${taskQueue}:${job}`;

function scheduleOf(taskQueue: string, job: MaintenanceJob) {
  const scheduleId = scheduleIdOf(taskQueue, job);
  return {
    scheduleId,
    spec: { intervals: [{ every: intervals[job] }], jitter: '1 minute' },
    action: {
      type: 'startWorkflow',
      workflowType: maintenanceType,
      workflowId: scheduleId,
      taskQueue,
      args: [job],
      workflowExecutionTimeout: '1 hour',
    },
    // After an outage what was missed runs once: its first execution makes the others overlap.
    policies: { overlap: 'SKIP', catchupWindow: '1 hour' },
  } satisfies ScheduleOptions<
    ScheduleOptionsStartWorkflowAction<(job: MaintenanceJob) => Promise<number>>
  >;
}

/**
 * Creates the schedules of maintenance, or brings them up to date; one that somebody has paused
 * stays paused. Idempotent, also when called by many at once.
 * @throws the client's error when Temporal does not answer, or does not know the namespace yet
 */
export async function prepareSchedules(client: Client, taskQueue: string): Promise<void> {
  for (const job of Object.keys(intervals) as MaintenanceJob[]) {
    const { scheduleId, ...schedule } = scheduleOf(taskQueue, job);
    try {
      await client.schedule.create({ scheduleId, ...schedule });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      const handle = client.schedule.getHandle(scheduleId);
      await handle.update(({ state }) => ({ ...schedule, state }));
    }
  }
}
