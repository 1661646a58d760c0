import type { FlowTest, Version, VersionWithGraph } from '@crmflow/contracts';
import type { FlowGraph } from '../flow-graph.js';

/** A row of WorkflowVersion that was published. */
export type VersionRow = {
  id: string;
  workflowId: string;
  number: number;
  nodeCount: number;
  createdAt: Date;
};

/** A version as lists show it. */
export function toVersion({ id, workflowId, number, nodeCount, createdAt }: VersionRow): Version {
  return { id, workflowId, number, nodeCount, createdAt: createdAt.toISOString() };
}

/** A version with its graph as it was sent. */
export function toVersionWithGraph(
  row: Omit<VersionRow, 'nodeCount'> & { graph: FlowGraph; tests: FlowTest[] | null },
): VersionWithGraph {
  const { nodes, edges, variables } = row.graph;
  return {
    ...toVersion({ ...row, nodeCount: nodes.length }),
    ...{ nodes, edges, variables },
    ...(row.tests && row.tests.length > 0 && { tests: row.tests }),
  };
}
