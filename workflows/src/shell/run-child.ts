import type {
  BeginFlowInput,
  BegunRun,
  Json,
  JsonObject,
  RunContact,
  RunError,
} from '@crmflow/contracts';
import {
  ApplicationFailure,
  CancellationScope,
  ChildWorkflowCancellationType,
  ChildWorkflowFailure,
  ParentClosePolicy,
  startChild,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { CallOutcome, Fault } from '../core/state.js';
import { runFlowType } from '../messages.js';
import type { RunFlowArgs, RunFlowResult, RunStart } from '../run-input.js';
import { attributesAtStart } from '../search-attributes.js';

/** What a run passes on to those that it starts. */
export type Passed = {
  start: Pick<RunStart, 'locale' | 'callbacks' | 'isSearchable'>;
  contact: RunContact | undefined;
};

const failed = (error: Fault): CallOutcome => ({ ok: false, cancelled: false, error });

const succeeded = (runId: string, output: Json): CallOutcome => ({
  ok: true,
  value: { runId, output, at: Date.now() },
});

/** Why a run ended that nobody here has ended. */
function faultOf({ cause }: ChildWorkflowFailure): Fault {
  if (cause instanceof ApplicationFailure) {
    const [error] = (cause.details ?? []) as Partial<RunError>[];
    if (error?.code !== undefined && error.message !== undefined) {
      return { code: error.code, message: error.message };
    }
  }
  if (cause?.name === 'CancelledFailure') {
    const message = 'The run of the flow was cancelled. Open it to see by whom, or retry this run.';
    return { code: 'flow_cancelled', message };
  }
  const message = 'The run of the flow was terminated in Temporal. Open it to see where it stood.';
  return { code: 'run_terminated', message };
}

function startOf(
  { runId, nodeId, visit, input }: BeginFlowInput,
  begun: BegunRun,
  { start, contact }: Passed,
): RunStart {
  const { callbackSecret, workflowId, workspaceId, version, startedAt } = begun;
  const { locale, callbacks, isSearchable } = start;
  return {
    ...{ runId: begun.runId, workflowId, workspaceId, version, input, startedAt },
    ...(locale && { locale }),
    ...(contact && { contact }),
    ...(callbacks && { callbacks: { base: callbacks.base, secret: callbackSecret } }),
    ...(isSearchable && { isSearchable }),
    parent: { runId, nodeId, visit },
    hasLogBudget: true,
  };
}

/**
 * Starts a run as a child of this one, and waits for its end if it is to. One that is waited for ends
 * with this run, one that is not goes on by itself.
 * @throws CancelledFailure, ChildWorkflowFailure where the scope was cancelled
 */
export async function runChild(
  asked: BeginFlowInput,
  begun: BegunRun,
  passed: Passed,
): Promise<CallOutcome> {
  const { wait } = asked;
  const { runId, shown, versionId } = begun;
  const start = startOf(asked, begun, passed);
  const inIt: JsonObject = { runId };
  try {
    const child = await startChild<(...args: RunFlowArgs) => Promise<RunFlowResult>>(runFlowType, {
      ...shown,
      args: [start, { programOf: versionId }],
      workflowId: runId,
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      parentClosePolicy: wait ? ParentClosePolicy.REQUEST_CANCEL : ParentClosePolicy.ABANDON,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
      workflowTaskTimeout: '5s',
      ...(start.isSearchable && { typedSearchAttributes: attributesAtStart(start) }),
    });
    if (!wait) return succeeded(runId, inIt);
    const { status, output = {} } = await child.result();
    if (status === 'completed') return succeeded(runId, output);
    const message = 'The flow waited for a reply that did not come in time.';
    return failed({ code: 'flow_timed_out', message });
  } catch (failure) {
    if (failure instanceof WorkflowExecutionAlreadyStartedError) {
      if (!wait) return succeeded(runId, inIt);
      const message =
        'The run that this node has started before is still running. Cancel it or wait for its end, then retry.';
      return failed({ code: 'flow_under_way', message });
    }
    const isOurs = CancellationScope.current().consideredCancelled;
    if (isOurs || !(failure instanceof ChildWorkflowFailure)) throw failure;
    return failed(faultOf(failure));
  }
}
