import type { RunFlow } from '@crmflow/contracts';
import type { Db } from '@crmflow/db';
import { AppError } from '../errors/app-error.js';
import type { Principal } from '../account/principal.js';
import type { FlowGraph } from './flow-graph.js';

/**
 * The flow that a run executes: its version's graph, or of a draft run the snapshot of the draft.
 * @throws AppError `not_found` also where the run is somebody else's
 */
export async function readRunFlow(db: Db, { userId }: Principal, runId: string): Promise<RunFlow> {
  const run = await db.run.findFirst({
    where: { id: runId, ownerId: userId },
    select: {
      workflowId: true,
      workflow: { select: { name: true } },
      version: { select: { number: true, graph: true } },
    },
  });
  if (!run) throw new AppError('not_found', 'Run not found.');
  const { nodes, edges, variables } = run.version.graph as unknown as FlowGraph;
  return {
    workflowId: run.workflowId,
    workflowName: run.workflow.name,
    version: run.version.number ?? 'draft',
    nodes,
    edges,
    variables,
  };
}
