import type { WorkflowResource } from '@crmflow/contracts';
import type { Prisma } from '@crmflow/db';

/** The parts of a flow that make its graph, as a client sent them. */
export type SentGraph = Partial<Pick<WorkflowResource, 'nodes' | 'edges' | 'variables'>>;

/** A flow's nodes and edges as rows, in the order in which they were sent. */
export function graphRows({ nodes = [], edges = [] }: SentGraph) {
  return {
    nodes: nodes.map(({ id, type, label, position: { x, y }, data }, order) => ({
      id,
      type,
      label,
      x,
      y,
      data: data as Prisma.InputJsonObject,
      order,
    })),
    edges: edges.map(({ id, source, sourceHandle, target }, order) => ({
      id,
      source,
      sourceHandle,
      target,
      order,
    })),
  };
}

/** A flow's variables as they are stored. */
export function storedVariables({ variables = [] }: SentGraph): Prisma.InputJsonArray {
  return variables as Prisma.InputJsonArray;
}
