import type { Ask } from '../ask.js';
import { type BudgetName, openStatuses } from '@crmflow/contracts';
import type { tokensToday } from '@crmflow/db';

/** What is measured of stored things; of tokens see `tokensToday`. */
export type Measured = Record<Exclude<BudgetName, `tokens${string}`>, number>;

/** What is measured by one workspace. */
export type WorkspaceMeasure = Exclude<keyof Measured, 'database' | 'openRunsOfAll'>;

/** Besides its text a passage has its words, and its meaning as 768 numbers. */
const bytesOfPassage = 4_000;

const isOpen = `status IN (${openStatuses.map((status) => `'${status}'`).join(', ')})`;

/**
 * SQL for what a workspace, `$1`, uses of each budget. Sizes of versions and files are those on the disk,
 * which are known without reading them.
 */
const measures: Record<WorkspaceMeasure, string> = {
  flows: `SELECT count(*) FROM "Workflow" WHERE "workspaceId" = $1`,
  versions: `
    SELECT max(number) FROM "WorkflowVersion" v
     WHERE "workflowId" IN (SELECT id FROM "Workflow" WHERE "workspaceId" = $1)`,
  flowStorage: `
    SELECT (SELECT coalesce(sum(bytes), 0) FROM "Workflow" WHERE "workspaceId" = $1) +
           (SELECT coalesce(sum(bytes), 0) FROM "FlowTest"
             WHERE "workflowId" IN (SELECT id FROM "Workflow" WHERE "workspaceId" = $1)) +
           (SELECT coalesce(sum(pg_column_size(graph) + coalesce(pg_column_size(tests), 0)), 0)
              FROM "WorkflowVersion"
             WHERE "workflowId" IN (SELECT id FROM "Workflow" WHERE "workspaceId" = $1))`,
  knowledge: `SELECT count(*) FROM "KnowledgeItem" WHERE "workspaceId" = $1`,
  knowledgeStorage: `
    SELECT sum(2 * characters + ${bytesOfPassage} * chunks + coalesce(pg_column_size(f.bytes), 0))
      FROM "KnowledgeItem" i LEFT JOIN "KnowledgeFile" f ON f."itemId" = i.id
     WHERE "workspaceId" = $1`,
  keys: `SELECT count(*) FROM "ApiKey" WHERE "workspaceId" = $1`,
  openRuns: `
    SELECT count(*) FROM "Run"
     WHERE "workspaceId" = $1 AND ${isOpen}`,
  logs: `SELECT sum("logBytes") FROM "Run" WHERE "workspaceId" = $1`,
  runLog: `
    SELECT max("logBytes") FROM "Run"
     WHERE "workspaceId" = $1 AND ${isOpen}`,
};

/** What a workspace uses of these budgets, in one statement. */
export async function measure<Name extends WorkspaceMeasure>(
  ask: Ask,
  workspaceId: string,
  names: readonly Name[],
): Promise<Record<Name, number>> {
  const columns = names.map((name) => `coalesce((${measures[name]}), 0)::float8 AS "${name}"`);
  const [row] = await ask<Record<Name, number>>(`SELECT ${columns.join(', ')}`, [workspaceId]);
  return row!;
}

/** How large the database is, in bytes, and how many runs are open in it. */
export async function measureInstallation(
  ask: Ask,
): Promise<Pick<Measured, 'database' | 'openRunsOfAll'>> {
  const [row] = await ask<Pick<Measured, 'database' | 'openRunsOfAll'>>(
    `SELECT pg_database_size(current_database())::float8 AS database,
            (SELECT count(*) FROM "Run" WHERE "finishedAt" IS NULL)::float8 AS "openRunsOfAll"`,
    [],
  );
  return row!;
}

/** The tokens of a workspace's day, by budget. */
export const byBudget = (tokens: Awaited<ReturnType<typeof tokensToday>>) => ({
  tokensOfFlow: tokens.flow,
  tokensOfWorkspace: tokens.workspace,
  tokensOfAll: tokens.installation,
});
