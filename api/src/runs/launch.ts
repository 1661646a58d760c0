import type { JsonObject, RunMode } from '@crmflow/contracts';
import type { Db } from '@crmflow/db';
import type { RunFlowInput } from '@crmflow/workflows';
import type { Pool } from 'pg';
import { compileVersion } from './compile-version.js';
import type { Engine } from './engine.js';
import type { FlowGraph } from './flow-graph.js';
import { markLaunched } from './mark-launched.js';
import { launchAgain } from './recovery/launch-again.js';
import { rebuildState } from './recovery/rebuild-state.js';

/** What launching needs. */
export type LaunchDeps = {
  db: Db;
  pool: Pool;
  engine: Pick<Engine, 'launch' | 'launchAgain' | 'newest'>;
};

/** Starts a run's workflow and notes it. Safe to repeat, also at once and from elsewhere. */
export async function launch(
  { pool, engine }: Pick<LaunchDeps, 'pool'> & { engine: Pick<Engine, 'launch'> },
  input: RunFlowInput,
  flowName: string,
): Promise<void> {
  await engine.launch(input, flowName);
  await markLaunched(pool, input.runId);
}

/**
 * Launches a run from what the database has of it: from its beginning, or from where it goes on.
 * @returns false where there is no such run
 */
export async function launchStored(deps: LaunchDeps, runId: string): Promise<boolean> {
  const run = await deps.db.run.findUnique({
    where: { id: runId },
    include: { version: true, workflow: { select: { name: true } } },
  });
  if (!run) return false;
  const { version, workflow, generation } = run;
  const input = compileVersion(
    workflow.name,
    { ...version, graph: version.graph as unknown as FlowGraph },
    {
      runId,
      workflowId: run.workflowId,
      ownerId: run.ownerId,
      input: run.input as JsonObject,
      startedAt: run.startedAt.getTime(),
      mode: run.mode as RunMode,
      pausePoints: run.pausePoints,
    },
  );
  const prepare = async () => {
    const state = await rebuildState(deps, run);
    return state ? { ...input, state } : input;
  };
  if (generation === 0) await launch(deps, await prepare(), workflow.name);
  else await launchAgain(deps, { runId, flowName: workflow.name, generation, prepare });
  return true;
}
