import type { TryActivities, TryHttpInput, TryHttpResult } from '@crmflow/contracts';
import { createMeter } from '@crmflow/expressions';
import { ActivityFailure, proxyActivities } from '@temporalio/workflow';
import { faultOf } from './core/node-fault.js';
import { renderRequest } from './core/nodes/render-request.js';

const { sendTry } = proxyActivities<TryActivities>({
  // Over the longest that a try may take, so that its own error is the one that is told.
  startToCloseTimeout: '40s',
  // Whoever tries a request looks at what came of it; another one is theirs to send.
  retry: { maximumAttempts: 1 },
});

function rendered({ data, vars, input, tryId, workflowId, at }: TryHttpInput) {
  const key = { runId: tryId, nodeId: 'try', visit: 1, label: '' };
  return renderRequest(key, data, {
    vars,
    input,
    run: { id: tryId, workflowId, version: 'draft', startedAt: new Date(at).toISOString() },
    messages: [],
    meter: createMeter(),
  });
}

/**
 * Sends the request of an integration node once, outside of a run: worked out by the code that
 * runs use, and sent where keys may be opened.
 */
export async function tryHttp(input: TryHttpInput): Promise<TryHttpResult> {
  try {
    return await sendTry({ workspaceId: input.workspaceId, request: rendered(input) });
  } catch (failure) {
    const fault = faultOf(failure);
    if (fault) return { ok: false, error: fault };
    if (!(failure instanceof ActivityFailure)) throw failure;
    const message =
      'The request failed with an unexpected error. See the worker log for the cause.';
    return { ok: false, error: { code: 'internal_node_error', message } };
  }
}
