import { randomUUID } from 'node:crypto';
import type { RunFlowArgs } from '@crmflow/workflows';
import { converse } from '../../../tests/support/conversation.js';
import type { Harness } from '../harness.js';
import { tenNodes } from './ten-nodes.js';

/** Makes the rows of new runs of one flow, as the API does before it starts them. */
export type PrepareRuns = (count: number) => Promise<RunFlowArgs[]>;

/** Saves the flow of ten nodes and has the API run it once, which keeps its version. */
export async function preparedRuns({ user, pool }: Harness): Promise<PrepareRuns> {
  const draft = tenNodes();
  const input = { name: 'Ada' };
  const workflowId = await user.save(draft);
  const first = await converse(user, { workflowId, version: 'draft', input });
  const { status } = await first.finished();
  if (status !== 'completed') throw new Error(`the flow of ten nodes ended as ${String(status)}`);
  return async (count) => {
    const ids = Array.from({ length: count }, () => `run-${randomUUID()}`);
    const { rows } = await pool.query<{ versionId: string }>(
      `INSERT INTO "Run" (id, "workflowId", "versionId", "workspaceId", input, "launchedAt")
       SELECT fresh.id, "workflowId", "versionId", "workspaceId", input, now()
         FROM "Run", unnest($2::text[]) AS fresh (id) WHERE "Run".id = $1
       RETURNING "versionId"`,
      [first.runId, ids],
    );
    const programOf = rows[0]?.versionId ?? '';
    return ids.map((runId): RunFlowArgs => {
      const start = { runId, workflowId, version: 'draft' as const, input, startedAt: Date.now() };
      return [start, { programOf }];
    });
  };
}
