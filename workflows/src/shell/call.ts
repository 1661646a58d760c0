import { type CallFailure, type RunActivities, callRetryPolicy } from '@crmflow/contracts';
import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  TimeoutFailure,
  isCancellation,
  proxyActivities,
} from '@temporalio/workflow';
import type { Call, Input } from '../core/index.js';

type Calls = Pick<RunActivities, 'generate' | 'callHttp'>;

const generateTimeoutMs = 300_000;
const httpTimeoutMs = 30_000;
/** Over the call's own limit, so that its error is the one that is told. */
const graceMs = 5_000;

function startToCloseMs(call: Call): number {
  if (call.activity === 'generate') return generateTimeoutMs;
  return (call.input.timeoutMs ?? httpTimeoutMs) + graceMs;
}

function activitiesFor(call: Call, activityId: string): Calls {
  return proxyActivities<Calls>({
    activityId,
    summary: call.input.label || activityId,
    startToCloseTimeout: startToCloseMs(call),
    heartbeatTimeout: '6s',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: {
      initialInterval: callRetryPolicy.initialIntervalMs,
      backoffCoefficient: callRetryPolicy.backoff,
      maximumInterval: callRetryPolicy.maxIntervalMs,
      maximumAttempts: callRetryPolicy.maximumAttempts,
    },
  });
}

function describe(failure: ActivityFailure): Omit<CallFailure, 'at'> & { at?: number } {
  const { cause } = failure;
  if (cause instanceof ApplicationFailure) {
    const [detail] = (cause.details ?? []) as Partial<CallFailure>[];
    if (detail?.code && detail.message) return detail as CallFailure;
  }
  const message =
    cause instanceof TimeoutFailure
      ? 'The call did not end in time, and neither did those before it.'
      : 'The call failed on our side. The log of the worker says why.';
  return { code: 'internal_node_error', message };
}

async function perform(call: Call, activityId: string): Promise<Input> {
  const activities = activitiesFor(call, activityId);
  const value =
    call.activity === 'generate'
      ? await activities.generate(call.input)
      : await activities.callHttp(call.input);
  return { kind: 'outcome', at: value.at, outcome: { ok: true, value } };
}

/**
 * Carries out a call of a node and waits for what came of it, whatever that is.
 * @param activityId `nodeId:visit`, by which pending calls are found from outside
 * @param root the scope whose cancellation cancels the call
 */
export async function carryOut(
  call: Call,
  activityId: string,
  root: CancellationScope,
): Promise<Input> {
  const scope = new CancellationScope();
  root.cancelRequested.catch(() => scope.cancel());
  try {
    return await scope.run(() => perform(call, activityId));
  } catch (failure) {
    const cancelled = isCancellation(failure);
    if (!cancelled && !(failure instanceof ActivityFailure)) throw failure;
    const error = cancelled
      ? { code: 'cancelled', message: 'The call was cancelled.' }
      : describe(failure as ActivityFailure);
    const at = 'at' in error && error.at !== undefined ? error.at : Date.now();
    return { kind: 'outcome', at, outcome: { ok: false, cancelled, error } };
  }
}
