import type { RunStatus, FlowSummary } from '@crmflow/contracts';
import type { Prisma } from '@crmflow/db';

/** A flow's row, but for its graph. */
export type FlowRow = Prisma.WorkflowGetPayload<{ omit: { variables: true; notes: true } }>;

/** A flow's row with what lists show besides. */
export type SummaryRow = FlowRow & {
  nodeCount: number;
  version: number | null;
  publishedAt: Date | null;
  hasChanges: boolean;
  runId: string | null;
  runVersion: number | null;
  runStatus: RunStatus;
  runStartedAt: Date;
  runFinishedAt: Date | null;
};

/** What lists and resources show of a flow's row: whether it belongs to a workspace of the reader. */
export const fieldsOf = (row: FlowRow, isOwn: boolean) => ({
  id: row.id,
  name: row.name,
  description: row.description,
  isPublic: row.isPublic,
  isTemplate: row.isTemplate,
  revision: row.revision,
  isOwn,
  ...(isOwn && { workspaceId: row.workspaceId }),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

function lastRunOf(row: SummaryRow): FlowSummary['lastRun'] {
  if (row.runId === null) return undefined;
  return {
    runId: row.runId,
    version: row.runVersion ?? 'draft',
    status: row.runStatus,
    startedAt: row.runStartedAt.toISOString(),
    ...(row.runFinishedAt && { finishedAt: row.runFinishedAt.toISOString() }),
  };
}

/** A flow as lists show it. */
export function toSummary(row: SummaryRow, workspaceId: string): FlowSummary {
  const { nodeCount, version, publishedAt, hasChanges } = row;
  const lastRun = lastRunOf(row);
  return {
    ...fieldsOf(row, row.workspaceId === workspaceId),
    nodeCount,
    ...(version !== null &&
      publishedAt && { published: { version, at: publishedAt.toISOString() } }),
    hasChanges,
    ...(lastRun && { lastRun }),
  };
}
