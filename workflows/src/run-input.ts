import type { FlowVariable, Graph, JsonObject, RunMode, RunVersion } from '@crmflow/contracts';
import type { RunState } from './core/state.js';

/** Input of the `runFlow` workflow: everything a run needs, fixed at its start. */
export type RunFlowInput = {
  runId: string;
  workflowId: string;
  /** For operators; the run itself has no use for it. */
  ownerId?: string;
  version: RunVersion;
  /** With all defaults filled in, see `compileRun`. */
  graph: Graph;
  variables: FlowVariable[];
  input: JsonObject;
  /** Epoch milliseconds. */
  startedAt: number;
  /** Whether it pauses before each node; where it is not said, it does not. */
  mode?: RunMode;
  /** Ids of the nodes before which it pauses in any mode. */
  pausePoints?: string[];
  /** Whether its log has a budget: runs that began before there was one replay without it. */
  hasLogBudget?: true;
  /** Whether its Temporal takes the search attributes of runs: it took those of its start. */
  isSearchable?: boolean;
  /** Where an earlier execution of the same run left off. */
  state?: RunState;
};

/** What a run that ended well returns to Temporal. */
export type RunFlowResult = { status: 'completed' | 'timed_out' };
