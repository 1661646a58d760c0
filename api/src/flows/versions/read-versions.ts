import type { Page, VersionSummary, VersionWithGraph } from '@crmflow/contracts';
import type { Db } from '@crmflow/db';
import { AppError } from '../../errors/app-error.js';
import type { FlowGraph } from '../flow-graph.js';
import { noSuchFlow } from '../flow-errors.js';
import { toVersion, toVersionWithGraph, type VersionRow } from './version-row.js';

/** Whose flow it is about. */
export type FlowOf = { ownerId: string; workflowId: string };

async function requireOwn(db: Db, { ownerId, workflowId }: FlowOf): Promise<void> {
  const count = await db.workflow.count({ where: { id: workflowId, ownerId } });
  if (count === 0) throw noSuchFlow();
}

/**
 * The published versions of one's flow, newest first; drafts of test runs are not among them.
 * @param cursor only versions before this number
 * @throws AppError `not_found`
 */
export async function listVersions(
  { db }: { db: Db },
  flow: FlowOf,
  { cursor, limit }: { cursor?: number | undefined; limit: number },
): Promise<Page<VersionSummary>> {
  await requireOwn(db, flow);
  const rows = await db.$queryRaw<(VersionRow & { runs: number })[]>`
    SELECT id, "workflowId", number, "createdAt", jsonb_array_length(graph->'nodes') AS "nodeCount",
           (SELECT count(*)::int FROM "Run" r
             WHERE r."workflowId" = v."workflowId" AND r."versionId" = v.id) AS runs
      FROM "WorkflowVersion" v
     WHERE "workflowId" = ${flow.workflowId} AND number < ${cursor ?? 1_000_000_000}
     ORDER BY number DESC LIMIT ${limit + 1}`;
  const shown = rows.slice(0, limit);
  const nextCursor = rows.length > limit ? String(shown.at(-1)?.number) : null;
  return { items: shown.map((row) => ({ ...toVersion(row), runs: row.runs })), nextCursor };
}

/**
 * One published version of one's flow with its graph.
 * @throws AppError `not_found`
 */
export async function readVersion(
  { db }: { db: Pick<Db, 'workflowVersion'> },
  { ownerId, workflowId }: FlowOf,
  number: number,
): Promise<VersionWithGraph> {
  const row = await db.workflowVersion.findFirst({
    where: { workflowId, number, workflow: { ownerId } },
  });
  if (!row) throw new AppError('not_found', `Flow not found, or it has no version ${number}.`);
  return toVersionWithGraph({ ...row, number, graph: row.graph as unknown as FlowGraph });
}
