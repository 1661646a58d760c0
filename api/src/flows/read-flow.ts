import type { FlowNote } from '@crmflow/contracts';
import type { Prisma } from '@crmflow/db';
import type { FlowGraph } from './flow-graph.js';
import type { FlowRow } from './resource.js';

/** A flow as it is stored. */
export type ReadFlow = FlowRow & FlowGraph & { notes: FlowNote[] };

/**
 * A flow with its graph as it was sent, in one statement: a change at the same
 * time is seen whole or not at all.
 * @returns null where it is gone
 */
export async function readFlow(
  db: Pick<Prisma.TransactionClient, '$queryRaw'>,
  id: string,
): Promise<ReadFlow | null> {
  const [row] = await db.$queryRaw<ReadFlow[]>`
    SELECT w.*,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'type', n.type,
                     'label', n.label, 'position', jsonb_build_object('x', n.x, 'y', n.y),
                     'data', n.data) ORDER BY n."order"), '[]')
              FROM "Node" n WHERE n."workflowId" = w.id) AS nodes,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'source', e.source,
                     'sourceHandle', e."sourceHandle", 'target', e.target) ORDER BY e."order"), '[]')
              FROM "Edge" e WHERE e."workflowId" = w.id) AS edges
      FROM "Workflow" w WHERE w.id = ${id}`;
  return row ?? null;
}
