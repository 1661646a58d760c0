import type { Client } from '@temporalio/client';

/** Bounds what a look costs; among more open runs the newest are looked at. */
const lookedAt = 100;
/** One or two failures may be a worker that was killed. */
const stuckFrom = 3;

/**
 * How many of the newest open runs stand still, because their workflow task fails again and again.
 * Asks each of them: the server cannot search by it.
 * @param query selects the open runs
 */
export async function countStuck(client: Client, query: string): Promise<number> {
  const ids: { workflowId: string; runId: string }[] = [];
  for await (const { workflowId, runId } of client.workflow.list({ query, pageSize: lookedAt })) {
    ids.push({ workflowId, runId });
    if (ids.length === lookedAt) break;
  }
  const attempts = await Promise.all(
    ids.map(async ({ workflowId, runId }) => {
      const { raw } = await client.workflow.getHandle(workflowId, runId).describe();
      return raw.pendingWorkflowTask?.attempt ?? 0;
    }),
  );
  return attempts.filter((attempt) => attempt >= stuckFrom).length;
}
