import { runFlowType } from '@crmflow/workflows';
import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import { Worker, type WorkerOptions } from '@temporalio/worker';

/** What came of replaying active runs. */
export type CheckedRuns = {
  replayed: number;
  /** The runs that this version would not continue, each with the reason. */
  broken: { runId: string; reason: string }[];
};

/** The newest active runs, and what each has done so far. */
async function* historiesOf(client: Client, taskQueue: string, atMost: number) {
  const query =
    `WorkflowType = '${runFlowType}' AND TaskQueue = '${taskQueue}'` +
    ` AND ExecutionStatus = 'Running'`;
  let count = 0;
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    try {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      yield { workflowId, history };
    } catch (error) {
      // It was deleted meanwhile.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
    count += 1;
    if (count === atMost) return;
  }
}

/**
 * Replays the newest active runs with this version's workflow code, as its workers would have to
 * before they continue them. Changes nothing, and takes no work from others.
 * @throws the client's error where Temporal does not answer
 */
export async function checkRuns(
  client: Client,
  options: {
    taskQueue: string;
    atMost: number;
    workflowBundle: NonNullable<WorkerOptions['workflowBundle']>;
    dataConverter?: WorkerOptions['dataConverter'];
  },
): Promise<CheckedRuns> {
  const { taskQueue, atMost, ...replayed } = options;
  const result: CheckedRuns = { replayed: 0, broken: [] };
  const histories = historiesOf(client, taskQueue, atMost);
  for await (const { workflowId, error } of Worker.runReplayHistories(replayed, histories)) {
    result.replayed += 1;
    if (error) result.broken.push({ runId: workflowId, reason: error.message });
  }
  return result;
}
