import { type Flow, limits, openStatuses, type WaitingRuns } from '@crmflow/contracts';
import { type Standing, whyStays } from '@crmflow/proof';
import type { Deps } from '../../deps.js';
import type { FlowGraph } from '../../flows/flow-graph.js';
import { readDraft, runnable } from '../../flows/tests/run-tests.js';

type Group = Standing & {
  versionId: string;
  runs: number;
  runId: string;
  nodeId: string | null;
};

/** Runs that have not ended, as many of them as stand alike in one. What draft runs do is their author's. */
const groups = `
  SELECT "versionId", view->'currentNodes'->0->>'nodeId' AS "nodeId",
         coalesce(view->'currentNodes'->0->>'state', 'active') AS state,
         view->'waiting'->>'expect' AS expect, coalesce(view ? 'heldBy', false) AS "isHeld",
         count(*)::int AS runs, max(id) AS "runId"
    FROM (SELECT r.id, r."versionId", r.view
            FROM "Run" r JOIN "WorkflowVersion" v ON v.id = r."versionId"
           WHERE r."workflowId" = $1 AND r.status = ANY($3)
             AND v.number IS NOT NULL
           ORDER BY r."startedAt" DESC, r.id DESC LIMIT $2) AS newest
   GROUP BY 1, 2, 3, 4, 5 ORDER BY runs DESC, "runId"`;

/**
 * Which runs of a flow could move to its draft, once that is published, and why the others could not.
 * @throws AppError `not_found`, `flow_invalid`
 */
export async function readWaiting(
  deps: Pick<Deps, 'db' | 'pool' | 'prover'>,
  workflowId: string,
): Promise<WaitingRuns> {
  const { flow: draft } = await readDraft(deps, workflowId);
  const { rows } = await deps.pool.query<Group>(groups, [
    workflowId,
    limits.waitingRuns,
    openStatuses,
  ]);
  const versions = new Map<string, Flow>();
  const versionOf = async (id: string): Promise<Flow> => {
    const known = versions.get(id);
    if (known) return known;
    const { graph } = await deps.db.workflowVersion.findUniqueOrThrow({
      where: { id },
      select: { graph: true },
    });
    const flow = runnable('Version', graph as unknown as FlowGraph);
    versions.set(id, flow);
    return flow;
  };
  const staying: WaitingRuns['staying'] = [];
  let all = 0;
  let movable = 0;
  for (const { versionId, nodeId, runs, runId, ...standing } of rows) {
    all += runs;
    const version = await versionOf(versionId);
    const reason = nodeId === null ? 'busy' : whyStays(version, draft, { nodeId, ...standing });
    if (!reason) {
      movable += runs;
      continue;
    }
    const label = version.nodes.find(({ id }) => id === nodeId)?.label;
    const same = staying.find(
      (one) => one.reason === reason && one.nodeId === (nodeId ?? undefined),
    );
    if (same) same.runs += runs;
    else {
      staying.push({
        ...{ reason, runs, runId },
        ...(nodeId !== null && { nodeId }),
        ...(label !== undefined && { label }),
      });
    }
  }
  staying.sort((one, other) => other.runs - one.runs);
  return { runs: all, movable, staying, isComplete: all < limits.waitingRuns };
}
