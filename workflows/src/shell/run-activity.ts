import type { CallErrorDetails, RunActivities } from '@crmflow/contracts';
import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  proxyActivities,
} from '@temporalio/workflow';
import type { Call, CallOutcome, Ended } from '../core/index.js';
import { type Passed, runChild } from './run-child.js';

type Calls = Pick<RunActivities, Call['activity']>;

const defaultTimeoutMs = {
  generate: 300_000,
  callHttp: 30_000,
  /** These wait for the database through an outage. */
  searchKnowledge: 150_000,
  updateContact: 150_000,
  readOfficeHours: 150_000,
  beginFlow: 150_000,
};
/** Over the call's own limit, so that its error is the one that is told. */
const graceMs = 5_000;

/**
 * The activity counts the time that its retries may take, since attempts that the worker loses
 * cost a call nothing; so Temporal sets no limit, and its pauses are those after a lost attempt.
 */
function activitiesFor(call: Call, activityId: string): Calls {
  const { activity, input } = call;
  const timeoutMs = ('timeoutMs' in input && input.timeoutMs) || defaultTimeoutMs[activity];
  return proxyActivities<Calls>({
    activityId,
    summary: input.label || activityId,
    startToCloseTimeout: timeoutMs + graceMs,
    heartbeatTimeout: '6s',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { initialInterval: 500, backoffCoefficient: 2, maximumInterval: '30s' },
  });
}

function describe(failure: ActivityFailure): Omit<CallErrorDetails, 'at'> & { at?: number } {
  const { cause } = failure;
  if (cause instanceof ApplicationFailure) {
    const [detail] = (cause.details ?? []) as Partial<CallErrorDetails>[];
    if (detail?.code && detail.message) return detail as CallErrorDetails;
  }
  const message = 'The node failed with an unexpected error. See the worker log for the cause.';
  return { code: 'internal_node_error', message };
}

/** By this, pending calls are found from outside: `nodeId:visit`, and `#call` of a later one. */
function activityIdOf({ input: { nodeId, visit, call } }: Call): string {
  return call === undefined ? `${nodeId}:${visit}` : `${nodeId}:${visit}#${call}`;
}

function start(call: Exclude<Call, { activity: 'beginFlow' }>, activities: Calls) {
  switch (call.activity) {
    case 'generate':
      return activities.generate(call.input);
    case 'callHttp':
      return activities.callHttp(call.input);
    case 'searchKnowledge':
      return activities.searchKnowledge(call.input);
    case 'updateContact':
      return activities.updateContact(call.input);
    case 'readOfficeHours':
      return activities.readOfficeHours(call.input);
  }
}

async function perform(call: Call, passed: () => Passed): Promise<Ended> {
  const activities = activitiesFor(call, activityIdOf(call));
  if (call.activity !== 'beginFlow') {
    const value = await start(call, activities);
    return { kind: 'outcome', at: value.at, outcome: { ok: true, value } };
  }
  const { at, ...result } = await activities.beginFlow(call.input);
  const outcome: CallOutcome =
    'ended' in result
      ? { ok: true, value: { ...result.ended, at } }
      : await runChild(call.input, result.begun, passed());
  return { kind: 'outcome', at: Math.max(at, Date.now()), outcome };
}

/** A call that is under way. */
export type RunningActivity = { outcome: Promise<Ended>; cancel(): void };

async function settle(scope: CancellationScope, call: Call, passed: () => Passed): Promise<Ended> {
  try {
    return await scope.run(() => perform(call, passed));
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

/**
 * Carries out a call of a node; its outcome is whatever came of it.
 * @param root the scope whose cancellation cancels the call
 * @param passed what a run that the call starts gets of this one
 */
export function runActivity(
  call: Call,
  root: CancellationScope,
  passed: () => Passed,
): RunningActivity {
  const scope = new CancellationScope();
  root.cancelRequested.catch(() => scope.cancel());
  return { outcome: settle(scope, call, passed), cancel: () => scope.cancel() };
}
