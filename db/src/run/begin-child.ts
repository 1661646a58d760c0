import { createHash } from 'node:crypto';
import type { ChildRun, JsonObject, ParentRun, RunStatus } from '@crmflow/contracts';
import type pg from 'pg';

/** A run that starts another one, as far as that one depends on it. */
export type Parent = {
  workspaceId: string;
  conversationId: string | null;
  startedBy: string | null;
  locale: string | null;
  timezone: string | null;
  rootRunId: string;
  /** How many runs are above it. */
  depth: number;
};

/** A run that a visit has started. */
export type Child = {
  runId: string;
  workflowId: string;
  flowName: string;
  versionId: string;
  version: number;
  startedAt: Date;
  status: RunStatus;
  isLaunched: boolean;
  /** Its variables, as far as it has told. */
  variables: JsonObject | null;
};

/** A published version that a run may run as its child. */
export type CalledVersion = {
  id: string;
  number: number;
  flowName: string;
  /** {nodes, edges, variables} */
  graph: unknown;
  hasProgram: boolean;
};

/** @returns null where the run was deleted */
export async function readParent(pool: pg.Pool, runId: string): Promise<Parent | null> {
  const { rows } = await pool.query<Parent>(
    `SELECT "workspaceId", "conversationId", "startedBy", locale, timezone,
            coalesce("rootRunId", id) AS "rootRunId", depth
       FROM "Run" WHERE id = $1`,
    [runId],
  );
  return rows[0] ?? null;
}

/** The runs that one visit to a node has started, oldest first. */
export async function readChildrenOf(pool: pg.Pool, parent: ParentRun): Promise<Child[]> {
  const { rows } = await pool.query<Child>(
    `SELECT r.id AS "runId", r."workflowId", w.name AS "flowName", r."versionId", v.number AS version,
            r."startedAt", r.status, r."launchedAt" IS NOT NULL AS "isLaunched",
            r.view->'variables' AS variables
       FROM "Run" r
       JOIN "WorkflowVersion" v ON v.id = r."versionId"
       JOIN "Workflow" w ON w.id = r."workflowId"
      WHERE r."parentRunId" = $1 AND r."parentNodeId" = $2 AND r."parentVisit" = $3
      ORDER BY r."startedAt", r.id`,
    [parent.runId, parent.nodeId, parent.visit],
  );
  return rows;
}

/** The newest runs that a run has started, newest first. */
export async function readChildren(
  pool: pg.Pool,
  runId: string,
  limit: number,
): Promise<ChildRun[]> {
  const { rows } = await pool.query<ChildRun>({
    name: 'children-of-run',
    text: `SELECT r.id AS "runId", r."workflowId", w.name AS "workflowName", r.status,
                  r."parentNodeId" AS "nodeId", r."parentVisit" AS visit
             FROM "Run" r JOIN "Workflow" w ON w.id = r."workflowId"
            WHERE r."parentRunId" = $1 ORDER BY r."startedAt" DESC LIMIT $2`,
    values: [runId, limit],
  });
  return rows;
}

/** How many runs are below one. */
export async function countRunsBelow(pool: pg.Pool, rootRunId: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM "Run" WHERE "rootRunId" = $1',
    [rootRunId],
  );
  return rows[0]?.count ?? 0;
}

/**
 * A published version of a flow of a workspace; the newest one for `latest`.
 * @returns null where the workspace has no such flow, or that has no such version
 */
export async function readCalledVersion(
  pool: pg.Pool,
  workspaceId: string,
  { workflowId, version }: { workflowId: string; version: number | 'latest' },
): Promise<CalledVersion | null> {
  const { rows } = await pool.query<CalledVersion>(
    `SELECT v.id, v.number, w.name AS "flowName", v.graph, v.program IS NOT NULL AS "hasProgram"
       FROM "Workflow" w JOIN "WorkflowVersion" v ON v."workflowId" = w.id
      WHERE w.id = $1 AND w."workspaceId" = $2 AND v.number IS NOT NULL
        AND v.number = coalesce($3::int, v.number)
      ORDER BY v.number DESC LIMIT 1`,
    [workflowId, workspaceId, version === 'latest' ? null : version],
  );
  return rows[0] ?? null;
}

/** The id of the run that a visit starts as its `number`th: the same for whoever works it out. */
export function childRunId({ runId, nodeId, visit }: ParentRun, number: number): string {
  const key = JSON.stringify([runId, nodeId, visit, number]);
  return `run-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`;
}

/**
 * Writes down a run that its parent is about to start. Safe to repeat, also at once.
 * @returns when it began
 */
export async function insertChild(
  pool: pg.Pool,
  {
    runId,
    parent,
    of,
    workflowId,
    versionId,
    input,
    at,
  }: {
    runId: string;
    parent: ParentRun;
    of: Parent;
    workflowId: string;
    versionId: string;
    input: JsonObject;
    at: Date;
  },
): Promise<Date> {
  const { workspaceId, startedBy, conversationId, locale, timezone, rootRunId, depth } = of;
  await pool.query(
    `INSERT INTO "Run" (id, "workflowId", "versionId", "workspaceId", input, "startedAt",
                        "startedBy", "conversationId", locale, timezone,
                        "parentRunId", "parentNodeId", "parentVisit", "rootRunId", depth)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     ON CONFLICT (id) DO NOTHING`,
    [
      ...[runId, workflowId, versionId, workspaceId, JSON.stringify(input), at],
      ...[startedBy, conversationId, locale, timezone],
      ...[parent.runId, parent.nodeId, parent.visit, rootRunId, depth + 1],
    ],
  );
  const { rows } = await pool.query<{ startedAt: Date }>(
    'SELECT "startedAt" FROM "Run" WHERE id = $1',
    [runId],
  );
  return rows[0]?.startedAt ?? at;
}
