import type { JsonObject, RunMode } from '@crmflow/contracts';
import { compileRun, type RunFlowInput } from '@crmflow/workflows';
import type { Version } from '../flows/versions/find-version.js';
import { asFlow } from '../flows/flow-graph.js';
import { readable, requireRunnable } from '../flows/require-runnable.js';

/** What is particular about one run. */
export type RunParticulars = {
  runId: string;
  workflowId: string;
  ownerId: string;
  input: JsonObject;
  /** Epoch milliseconds. */
  startedAt: number;
  mode?: RunMode;
  /** Ids of nodes. */
  pausePoints?: string[];
};

/**
 * The input of a run's workflow.
 * @throws AppError `flow_invalid` with what keeps the flow from running
 */
export function compileVersion(
  flowName: string,
  version: Version,
  run: RunParticulars,
): RunFlowInput {
  const flow = asFlow(flowName, version.graph);
  const input = readable(() => compileRun(flow, { ...run, version: version.number ?? 'draft' }));
  requireRunnable(input.graph);
  return input;
}
