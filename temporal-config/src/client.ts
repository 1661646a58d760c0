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

/** Waits for all of them, also where one has failed: none is on its way afterwards. */
async function all(work: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(work);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

/**
 * Ends runs at once and removes all their executions from Temporal, whose histories hold what was
 * said. Needs no worker. Safe to repeat.
 * @param runIds at least one; ours, so they need no escaping in a query
 * @throws the client's error where Temporal does not answer; then some may be removed
 */
export async function forgetRuns(client: Client, runIds: readonly string[]): Promise<void> {
  const { namespace } = client.options;
  const remove = (execution: { workflowId: string; runId?: string }) =>
    unlessGone(() =>
      client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: execution }),
    );
  await client.withDeadline(Date.now() + patienceMs, async () => {
    // Deleting ends what is open, at once; terminated before, it would stay for half a minute more.
    // The newest by its name, as the list may not have it yet; those before it by the list. Temporal
    // lets its list be asked rarely, so once for all of them.
    await all(runIds.map((workflowId) => remove({ workflowId })));
    const query = `WorkflowId IN (${runIds.map((id) => `'${id}'`).join(', ')})`;
    const earlier = [];
    for await (const execution of client.workflow.list({ query })) earlier.push(execution);
    await all(earlier.map(({ workflowId, runId }) => remove({ workflowId, runId })));
  });
}
