import type {
  ForkOrigin,
  ListQuery,
  Page,
  RunError,
  RunStatus,
  RunSummary,
} from '@crmflow/contracts';
import type { Pool } from 'pg';
import { decodeCursor, toPage } from '../http/cursor.js';

/** Which runs, and which page of them. */
export type RunFilter = ListQuery & {
  workflowId?: string | undefined;
  status?: RunStatus | undefined;
};

type Row = {
  id: string;
  workflowId: string;
  workflowName: string;
  version: number | null;
  status: string;
  mode: string;
  currentNode: string | null;
  currentLabel: string | null;
  lastSeq: number;
  startedAt: Date;
  lastEventAt: Date | null;
  finishedAt: Date | null;
  error: RunError | null;
  origin: ForkOrigin | null;
  conversationId: string | null;
};

/** Plain SQL: the runs with the names beside them in one question, where Prisma asks three. */
function selectRuns(workspaceId: string, { workflowId, status, cursor, limit }: RunFilter) {
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const conditions = [`r."workspaceId" = ${value(workspaceId)}`];
  if (workflowId !== undefined) conditions.push(`r."workflowId" = ${value(workflowId)}`);
  if (status !== undefined) conditions.push(`r.status = ${value(status)}`);
  if (cursor !== undefined) {
    const { at, id } = decodeCursor(cursor);
    conditions.push(`(r."startedAt", r.id) < (${value(at)}, ${value(id)})`);
  }
  const text = `
    SELECT r.id, r."workflowId", w.name AS "workflowName", v.number AS version, r.status, r.mode,
           r."currentNode", r."lastSeq", r."startedAt", r."finishedAt", r.error, r.origin,
           r."conversationId",
           node.label AS "currentLabel", newest.at AS "lastEventAt"
    FROM "Run" r
    JOIN "Workflow" w ON w.id = r."workflowId"
    JOIN "WorkflowVersion" v ON v.id = r."versionId"
    LEFT JOIN "ExecutionLog" newest ON newest."runId" = r.id AND newest.seq = r."lastSeq"
    LEFT JOIN LATERAL (
      SELECT one->>'label' AS label FROM jsonb_array_elements(v.graph->'nodes') one
      WHERE r."currentNode" IS NOT NULL AND one->>'id' = r."currentNode" LIMIT 1
    ) node ON true
    WHERE ${conditions.join(' AND ')}
    ORDER BY r."startedAt" DESC, r.id DESC
    LIMIT ${value(limit + 1)}`;
  return { text, values };
}

/**
 * The runs of a workspace, newest first.
 * @throws AppError `bad_request` for a cursor that no list has given
 */
export async function listRuns(
  pool: Pool,
  workspaceId: string,
  filter: RunFilter,
): Promise<Page<RunSummary>> {
  const { rows } = await pool.query<Row>(selectRuns(workspaceId, filter));
  const position = ({ startedAt, id }: Row) => ({ at: startedAt, id });
  return toPage(rows, filter.limit, position, summaryOf);
}

function summaryOf(row: Row): RunSummary {
  return {
    runId: row.id,
    workflowId: row.workflowId,
    workflowName: row.workflowName,
    version: row.version ?? 'draft',
    status: row.status as RunStatus,
    mode: row.mode as RunSummary['mode'],
    ...(row.currentNode !== null && { currentNode: row.currentNode }),
    ...(row.currentLabel !== null && { currentLabel: row.currentLabel }),
    ...(row.conversationId !== null && { conversationId: row.conversationId }),
    lastSeq: row.lastSeq,
    startedAt: row.startedAt.toISOString(),
    lastEventAt: (row.lastEventAt ?? row.startedAt).toISOString(),
    ...(row.finishedAt && { finishedAt: row.finishedAt.toISOString() }),
    ...(row.error !== null && { error: row.error }),
    ...(row.origin !== null && { origin: row.origin }),
  };
}
