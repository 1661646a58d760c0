import type { ListFlows, Page, FlowSummary } from '@crmflow/contracts';
import { type Db, Prisma } from '@crmflow/db';
import { conditionsOf, isChanged } from './flow-filter.js';
import { orders } from './flow-order.js';
import { type SummaryRow, toSummary } from './resource.js';

/** The newest version `v` and the last run `r` of a flow `w`, as far as they are the workspace's. */
const besides = (workspaceId: string) => Prisma.sql`
  LEFT JOIN LATERAL (
    SELECT id, number, "createdAt" FROM "WorkflowVersion"
     WHERE "workflowId" = w.id AND number IS NOT NULL AND w."workspaceId" = ${workspaceId}
     ORDER BY number DESC LIMIT 1) v ON true
  LEFT JOIN LATERAL (
    SELECT id, status, "startedAt", "finishedAt", "versionId" FROM "Run"
     WHERE "workflowId" = w.id AND "workspaceId" = ${workspaceId}
     ORDER BY "startedAt" DESC, id DESC LIMIT 1) r ON true`;

/**
 * One page of flows in one statement. What lists show besides the flow is looked up for those of
 * the page only, unless it decides which they are.
 * @throws AppError `bad_request` for a cursor of another list
 */
export async function listFlows(
  db: Pick<Db, '$queryRaw'>,
  workspaceId: string,
  { cursor, limit, sort, ...filter }: ListFlows,
): Promise<Page<FlowSummary>> {
  const { by, after, cursorOf } = orders[sort];
  const conditions = conditionsOf(workspaceId, filter);
  if (cursor !== undefined) conditions.push(after(cursor));
  const isDecided = filter.status !== undefined || sort === 'lastRun';
  const rows = await db.$queryRaw<SummaryRow[]>`
    WITH page AS MATERIALIZED (
      SELECT w.id FROM "Workflow" w ${isDecided ? besides(workspaceId) : Prisma.empty}
       WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY ${by} LIMIT ${limit + 1})
    SELECT w.id, w."workspaceId", w.name, w.description, w."isPublic", w."isTemplate", w.revision,
           w."createdAt", w."updatedAt",
           (SELECT count(*)::int FROM "Node" n WHERE n."workflowId" = w.id) AS "nodeCount",
           v.number AS version, v."createdAt" AS "publishedAt", ${isChanged} AS "hasChanges",
           r.id AS "runId", r.status AS "runStatus", r."startedAt" AS "runStartedAt",
           r."finishedAt" AS "runFinishedAt",
           (SELECT number FROM "WorkflowVersion" WHERE id = r."versionId") AS "runVersion"
      FROM page JOIN "Workflow" w ON w.id = page.id ${besides(workspaceId)}
     ORDER BY ${by}`;
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => toSummary(row, workspaceId)),
    nextCursor: last ? cursorOf(last) : null,
  };
}
