import {
  type Client,
  Connection,
  isGrpcServiceError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { TemporalServer } from './server.js';

/**
 * Connects to a Temporal server.
 * @throws Error when it does not answer within `timeoutMs`
 */
export function connectTemporal(server: TemporalServer, timeoutMs = 5_000): Promise<Connection> {
  return Connection.connect({ ...server, connectTimeout: timeoutMs });
}

const grpcNotFound = 5;
const patienceMs = 10_000;

async function unlessGone(ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return;
    if (isGrpcServiceError(error) && Number(error.code) === grpcNotFound) return;
    throw error;
  }
}

/**
 * Ends a run at once and removes all its executions from Temporal, whose histories hold what was
 * said. Needs no worker. Safe to repeat.
 * @param runId one of ours, so it needs no escaping in a query
 * @throws the client's error where Temporal does not answer
 */
export async function forgetRun(client: Client, runId: string): Promise<void> {
  const { namespace } = client.options;
  const remove = (execution: { workflowId: string; runId?: string }) =>
    unlessGone(() =>
      client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: execution }),
    );
  await client.withDeadline(Date.now() + patienceMs, async () => {
    // Deleting ends what is open, at once; terminated before, it would stay for half a minute more.
    // The newest by its name, as the list may not have it yet; those before it by the list.
    await remove({ workflowId: runId });
    const query = `WorkflowId = '${runId}'`;
    for await (const earlier of client.workflow.list({ query })) {
      await remove({ workflowId: runId, runId: earlier.runId });
    }
  });
}
