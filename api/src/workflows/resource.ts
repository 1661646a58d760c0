import type { WorkflowResource, WorkflowSummary } from '@crmflow/contracts';
import type { Prisma } from '@crmflow/db';

/** What to read of a flow for its resource. */
export const withGraph = {
  nodes: { orderBy: { order: 'asc' } },
  edges: { orderBy: { order: 'asc' } },
} as const satisfies Prisma.WorkflowInclude;

/** What to read of a flow for lists. */
export const withNodeCount = {
  _count: { select: { nodes: true } },
} as const satisfies Prisma.WorkflowInclude;

type Row = Prisma.WorkflowGetPayload<object>;
type RowWithGraph = Prisma.WorkflowGetPayload<{ include: typeof withGraph }>;
type RowWithCount = Prisma.WorkflowGetPayload<{ include: typeof withNodeCount }>;

/** What lists and resources show of a flow's row. */
export const fieldsOf = (row: Row) => ({
  id: row.id,
  name: row.name,
  description: row.description,
  isPublic: row.isPublic,
  isTemplate: row.isTemplate,
  revision: row.revision,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** A flow as lists show it. */
export function toSummary(row: RowWithCount): WorkflowSummary {
  return { ...fieldsOf(row), nodeCount: row._count.nodes };
}

/** A flow with its graph as it was sent: what is stored has passed the schema once. */
export function toResource(row: RowWithGraph): WorkflowResource {
  const nodes = row.nodes.map(({ id, type, label, x, y, data }) => ({
    id,
    type,
    label,
    position: { x, y },
    data,
  }));
  const edges = row.edges.map(({ id, source, sourceHandle, target }) => ({
    id,
    source,
    sourceHandle,
    target,
  }));
  return {
    ...fieldsOf(row),
    nodes: nodes as WorkflowResource['nodes'],
    edges,
    variables: row.variables as WorkflowResource['variables'],
  };
}
