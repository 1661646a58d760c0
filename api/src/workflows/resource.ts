import type { WorkflowSummary } from '@crmflow/contracts';
import type { Prisma } from '@crmflow/db';

/** What to read of a flow for lists. */
export const withNodeCount = {
  _count: { select: { nodes: true } },
} as const satisfies Prisma.WorkflowInclude;

/** A flow's row, but for its graph. */
export type FlowRow = Prisma.WorkflowGetPayload<{ omit: { variables: true } }>;

type RowWithCount = Prisma.WorkflowGetPayload<{ include: typeof withNodeCount }>;

/** What lists and resources show of a flow's row. Whose it is, they never tell. */
export const fieldsOf = (row: FlowRow) => ({
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
