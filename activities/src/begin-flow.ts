import {
  awaitsSomebody,
  type BeginFlowInput,
  type BeginFlowResult,
  describeRun,
  type ErrorCode,
  type FlowNodeInput,
  isFinal,
  limits,
} from '@crmflow/contracts';
import {
  type CalledVersion,
  type Child,
  childRunId,
  countRunsBelow,
  insertChild,
  keepProgram,
  type Parent,
  readCalledVersion,
  readChildrenOf,
  readParent,
} from '@crmflow/db';
import type { Pool } from 'pg';
import { type AttemptDeps, runAttempt } from './call/attempt.js';
import { CallError } from './call/call-error.js';
import { readWithRetry } from './call/read-with-retry.js';

/** A flow as runs execute it. */
export type Program = { graph: unknown; variables: unknown };

/** What `beginFlow` needs. */
export type BeginFlowDeps = AttemptDeps & {
  pool: Pool;
  /** What runs of a version execute; null where the flow has errors. */
  compile: (graph: unknown) => Program | null;
  callbackSecretOf: (runId: string) => string;
  /** Where people reach the installation, if that is known. */
  publicUrl: string | undefined;
};

const refuse = (code: ErrorCode, message: string) =>
  new CallError(code, message, { retryable: false });

/** Bounds what a flow can start that starts itself, or others in a circle. */
async function requireFew({ pool }: BeginFlowDeps, { depth, rootRunId }: Parent): Promise<void> {
  if (depth >= limits.flowDepth) {
    throw refuse(
      'flow_depth_exceeded',
      `Flows can run within flows ${limits.flowDepth} deep. Check whether a flow starts itself, or put some of them into one.`,
    );
  }
  if ((await countRunsBelow(pool, rootRunId)) >= limits.runsWithinRun) {
    throw refuse(
      'flow_runs_exceeded',
      `One run may start ${limits.runsWithinRun} runs, with all that those start. Check for a loop that starts flows.`,
    );
  }
}

/** In a conversation nobody hears a child run: what waits for somebody would wait for ever. */
function requireSilent({ graph, flowName }: CalledVersion): void {
  const { nodes } = graph as { nodes: FlowNodeInput[] };
  const waiting = nodes.find(awaitsSomebody);
  if (!waiting) return;
  throw refuse(
    'flow_listens',
    `“${flowName}” waits for somebody at “${waiting.label}”, and in a conversation only its own flow is heard. Ask in this flow, and pass the answer on as input.`,
  );
}

async function findCalled(
  deps: BeginFlowDeps,
  parent: Parent,
  { workflowId, version }: BeginFlowInput,
): Promise<CalledVersion> {
  const called = await readCalledVersion(deps.pool, parent.workspaceId, { workflowId, version });
  if (!called) {
    const which = version === 'latest' ? 'no published version' : `no version ${version}`;
    throw refuse(
      'flow_unavailable',
      `The flow of this node is not in this workspace, or has ${which}. Choose another one, or publish it.`,
    );
  }
  if (parent.conversationId !== null) requireSilent(called);
  if (!called.hasProgram) {
    const program = deps.compile(called.graph);
    if (!program) {
      throw refuse('flow_invalid', `“${called.flowName}” has errors. Correct and publish it.`);
    }
    await keepProgram(deps.pool, called.id, program);
  }
  return called;
}

type Begun = Pick<
  Child,
  'runId' | 'workflowId' | 'flowName' | 'versionId' | 'version' | 'startedAt'
>;

async function beginNew(
  deps: BeginFlowDeps,
  parent: Parent,
  call: BeginFlowInput,
  earlier: number,
): Promise<Begun> {
  await requireFew(deps, parent);
  const { id: versionId, number: version, flowName } = await findCalled(deps, parent, call);
  const { workflowId, input } = call;
  const runId = childRunId(call, earlier + 1);
  const row = { runId, parent: call, of: parent, workflowId, versionId, input };
  const startedAt = await insertChild(deps.pool, { ...row, at: new Date(deps.now()) });
  return { runId, workflowId, versionId, version, flowName, startedAt };
}

/** Work that is left to do for a visit, given what it has started already. */
async function begin(deps: BeginFlowDeps, call: BeginFlowInput): Promise<BeginFlowResult> {
  const at = deps.now();
  const parent = await readParent(deps.pool, call.runId);
  if (!parent) throw refuse('run_terminated', 'The run was deleted.');
  const earlier = await readChildrenOf(deps.pool, call);
  const completed = earlier.find(({ status }) => status === 'completed');
  if (call.wait && completed) {
    const { runId, variables } = completed;
    return { at, ended: { runId, output: variables ?? {} } };
  }
  const started = call.wait ? undefined : earlier.find(({ isLaunched }) => isLaunched);
  if (started) return { at, ended: { runId: started.runId, output: { runId: started.runId } } };
  const open = earlier.find(({ status }) => !isFinal(status));
  const begun = open ?? (await beginNew(deps, parent, call, earlier.length));
  const { runId, workflowId, versionId, version, flowName, startedAt } = begun;
  const { workspaceId } = parent;
  const shown = describeRun(
    { runId, workflowId, version, workspaceId, parent: call },
    { flowName, publicUrl: deps.publicUrl },
  );
  return {
    at,
    begun: {
      ...{ runId, workflowId, workspaceId, version, versionId, shown },
      startedAt: startedAt.getTime(),
      callbackSecret: deps.callbackSecretOf(runId),
    },
  };
}

/**
 * Makes the activity that writes down the run which a flow node starts. Made twice for the same visit,
 * it leads to the same run; what a visit has started and what has completed is not started again.
 *
 * It fails with `flow_unavailable`, `flow_invalid`, `flow_depth_exceeded`, `flow_runs_exceeded`,
 * `flow_listens` or `database_unavailable`.
 */
export function createBeginFlow(deps: BeginFlowDeps) {
  return (call: BeginFlowInput): Promise<BeginFlowResult> =>
    runAttempt(deps, call, ({ signal }) => readWithRetry(() => begin(deps, call), signal));
}
