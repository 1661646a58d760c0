import type { FlowTest, Page, VersionSummary, VersionWithGraph } from '@crmflow/contracts';
import type { Db } from '@crmflow/db';
import { AppError } from '../../errors/app-error.js';
import type { FlowGraph } from '../flow-graph.js';
import { toVersion, toVersionWithGraph, type VersionRow } from './version-row.js';

/**
 * The published versions of a flow, newest first; drafts of test runs are not among them.
 * @param cursor only versions before this number
 */
export async function listVersions(
  { db }: { db: Db },
  workflowId: string,
  { cursor, limit }: { cursor?: number | undefined; limit: number },
): Promise<Page<VersionSummary>> {
  const rows = await db.$queryRaw<(VersionRow & { runs: number })[]>`
    SELECT id, "workflowId", number, "createdAt", jsonb_array_length(graph->'nodes') AS "nodeCount",
           (SELECT count(*)::int FROM "Run" r
             WHERE r."workflowId" = v."workflowId" AND r."versionId" = v.id) AS runs
      FROM "WorkflowVersion" v
     WHERE "workflowId" = ${workflowId} AND number < ${cursor ?? 1_000_000_000}
     ORDER BY number DESC LIMIT ${limit + 1}`;
  const shown = rows.slice(0, limit);
  const nextCursor = rows.length > limit ? String(shown.at(-1)?.number) : null;
  return { items: shown.map((row) => ({ ...toVersion(row), runs: row.runs })), nextCursor };
}

/**
 * One published version of a flow with its graph.
 * @throws AppError `not_found`
 */
export async function readVersion(
  { db }: { db: Pick<Db, 'workflowVersion'> },
  workflowId: string,
  number: number,
): Promise<VersionWithGraph> {
  const row = await db.workflowVersion.findFirst({ where: { workflowId, number } });
  if (!row) throw new AppError('not_found', `The flow has no version ${number}.`);
  return toVersionWithGraph({
    ...row,
    number,
    graph: row.graph as unknown as FlowGraph,
    tests: row.tests as unknown as FlowTest[] | null,
  });
}
