import type { JsonObject, RunMode } from '@crmflow/contracts';
import type { Db } from '@crmflow/db';
import type { RunFlowInput } from '@crmflow/workflows';
import type { Pool } from 'pg';
import { compileVersion } from './compile-version.js';
import type { Engine } from './engine.js';
import type { FlowGraph } from './flow-graph.js';

/** What launching needs. */
export type LaunchDeps = { db: Db; pool: Pool; engine: Pick<Engine, 'launch'> };

/** Notes that Temporal has the run, so that nobody has to see to it any more. */
export async function markLaunched(pool: Pool, runId: string): Promise<void> {
  await pool.query('UPDATE "Run" SET "launchedAt" = now() WHERE id = $1 AND "launchedAt" IS NULL', [
    runId,
  ]);
}

/** Starts a run's workflow and notes it. Safe to repeat, also at once and from elsewhere. */
export async function launch(
  { pool, engine }: LaunchDeps,
  input: RunFlowInput,
  flowName: string,
): Promise<void> {
  await engine.launch(input, flowName);
  await markLaunched(pool, input.runId);
}

/**
 * Launches a run from what the database has of it.
 * @returns false where there is no such run
 */
export async function launchStored(deps: LaunchDeps, runId: string): Promise<boolean> {
  const run = await deps.db.run.findUnique({
    where: { id: runId },
    include: { version: true, workflow: { select: { name: true } } },
  });
  if (!run) return false;
  const { version, workflow } = run;
  const input = compileVersion(
    workflow.name,
    { ...version, graph: version.graph as unknown as FlowGraph },
    {
      runId,
      workflowId: run.workflowId,
      input: run.input as JsonObject,
      startedAt: run.startedAt.getTime(),
      mode: run.mode as RunMode,
      pausePoints: run.pausePoints,
    },
  );
  await launch(deps, input, workflow.name);
  return true;
}
