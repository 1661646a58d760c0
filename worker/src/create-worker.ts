import { fileURLToPath } from 'node:url';
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';

/** Where the build leaves the bundled workflow code. */
export const workflowBundlePath = fileURLToPath(
  new URL('../dist/workflow-bundle.js', import.meta.url),
);

/**
 * A worker for runs, tuned so that a killed worker is noticed within seconds.
 *
 * A task for a dead worker's cache goes to the others after `stickyQueueScheduleToStartTimeout`;
 * heartbeats reach Temporal each second, well within the six that a call may be silent.
 */
export function createWorker(options: {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  activities: NonNullable<WorkerOptions['activities']>;
  workflowBundle?: WorkerOptions['workflowBundle'];
}): Promise<Worker> {
  const { workflowBundle = { codePath: workflowBundlePath }, ...given } = options;
  return Worker.create({
    ...given,
    workflowBundle,
    maxConcurrentWorkflowTaskExecutions: 40,
    maxConcurrentLocalActivityExecutions: 100,
    maxConcurrentActivityTaskExecutions: 200,
    stickyQueueScheduleToStartTimeout: '2s',
    maxHeartbeatThrottleInterval: '1s',
    defaultHeartbeatThrottleInterval: '1s',
    shutdownGraceTime: '5s',
    shutdownForceTime: '8s',
  });
}
