import { maintenanceType, type MaintenanceJob } from '@crmflow/contracts';
import { ConfigError } from '@crmflow/contracts/env';
import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
} from '@temporalio/client';

/** How often each job runs. The history of each execution is kept as long as that of a run. */
const intervals: Record<MaintenanceJob, '10 minutes' | '1 hour'> = {
  removeExpiredSessions: '1 hour',
  pruneDrafts: '1 hour',
  removeOldTokenUse: '1 hour',
  removeExpiredAccess: '1 hour',
  removeSilentVisitors: '1 hour',
  removeOldDeliveries: '1 hour',
  removeExpiredRuns: '1 hour',
  finishAccountDeletions: '10 minutes',
};

/** The id of a job's schedule. The task queue is what tells installations on one Temporal apart. */
export const scheduleIdOf = (taskQueue: string, job: MaintenanceJob) => `${taskQueue}:${job}`;

/** A task queue, and the installation whose runs are in it. */
export type OwnQueue = { taskQueue: string; installationId: string };

function scheduleOf({ taskQueue, installationId }: OwnQueue, job: MaintenanceJob) {
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
      memo: { installationId },
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
export async function prepareSchedules(client: Client, queue: OwnQueue): Promise<void> {
  for (const job of Object.keys(intervals) as MaintenanceJob[]) {
    const { scheduleId, ...schedule } = scheduleOf(queue, job);
    try {
      await client.schedule.create({ scheduleId, ...schedule });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      const handle = client.schedule.getHandle(scheduleId);
      await handle.update(({ state }) => ({ ...schedule, state }));
    }
  }
}

/**
 * Refuses a task queue in which another installation has its runs: the workers of both would take
 * each other's, and find no trace of them in their own database.
 * @throws ConfigError where it is another's; the client's error when Temporal does not answer
 */
export async function refuseForeignQueue(
  client: Client,
  { taskQueue, installationId }: OwnQueue,
): Promise<void> {
  const [job] = Object.keys(intervals) as MaintenanceJob[];
  const scheduleId = scheduleIdOf(taskQueue, job as MaintenanceJob);
  try {
    const { action } = await client.schedule.getHandle(scheduleId).describe();
    const owner = action.memo?.['installationId'];
    if (owner === undefined || owner === installationId) return;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return;
    throw error;
  }
  throw new ConfigError(
    `The task queue "${taskQueue}" of this Temporal belongs to another installation. Set TEMPORAL_TASK_QUEUE or TEMPORAL_NAMESPACE to another name; if the other installation is gone, delete its schedules "${taskQueue}:…".`,
  );
}
