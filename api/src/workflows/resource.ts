import type { WorkflowSummary } from '@crmflow/contracts';
import type { Prisma } from '@crmflow/db';

/** What to read of a flow for lists. */
export const withNodeCount = {
  _count: { select: { nodes: true } },
} as const satisfies Prisma.WorkflowInclude;

/** A flow's row, but for its graph. */
export type FlowRow = Prisma.WorkflowGetPayload<{ omit: { variables: true } }>;

type RowWithCount = Prisma.WorkflowGetPayload<{ include: typeof withNodeCount }>;

/** What lists and resources show of a flow's row: whether it is the reader's, but not whose it is. */
export const fieldsOf = (row: FlowRow, readerId: string) => ({
  id: row.id,
  name: row.name,
  description: row.description,
  isPublic: row.isPublic,
  isTemplate: row.isTemplate,
  revision: row.revision,
  isOwn: row.ownerId === readerId,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** A flow as lists show it. */
export function toSummary(row: RowWithCount, readerId: string): WorkflowSummary {
  return { ...fieldsOf(row, readerId), nodeCount: row._count.nodes };
}
