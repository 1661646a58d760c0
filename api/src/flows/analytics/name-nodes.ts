import type { NodeAnalytics } from '@crmflow/contracts';
import type { PoolClient } from 'pg';

/** What a node is called, as analytics show it. */
export type NodeName = Pick<NodeAnalytics, 'nodeId' | 'label' | 'type' | 'inDraft'>;

/**
 * The nodes of the draft in its order, and then those that it has no more, as the log tells them.
 * @param reachedIn the nodes that were reached, each with a run in which it was
 */
export async function nameNodes(
  client: PoolClient,
  workflowId: string,
  reachedIn: ReadonlyMap<string, string>,
): Promise<NodeName[]> {
  const { rows: drawn } = await client.query<NodeName>(
    `SELECT id AS "nodeId", label, type, true AS "inDraft" FROM "Node"
      WHERE "workflowId" = $1 ORDER BY "order"`,
    [workflowId],
  );
  const known = new Set(drawn.map(({ nodeId }) => nodeId));
  const gone = [...reachedIn].filter(([nodeId]) => !known.has(nodeId));
  if (gone.length === 0) return drawn;
  const { rows: former } = await client.query<NodeName>(
    `SELECT DISTINCT ON (l."nodeId") l."nodeId", l.data->>'label' AS label, l.data->>'type' AS type,
            false AS "inDraft"
       FROM unnest($1::text[], $2::text[]) AS gone ("nodeId", "runId")
       JOIN "ExecutionLog" l ON l."runId" = gone."runId" AND l."nodeId" = gone."nodeId"
      WHERE l.type = 'node.activated'
      ORDER BY l."nodeId"`,
    [gone.map(([nodeId]) => nodeId), gone.map(([, runId]) => runId)],
  );
  return [...drawn, ...former];
}
