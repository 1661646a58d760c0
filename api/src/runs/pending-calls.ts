import type { CurrentNode } from '@crmflow/contracts';
import type { DescribeWorkflowExecutionResponse } from '@temporalio/client';

/** A call of a node: one that waits for its service, or one that failed and is retried. */
export type PendingCall = Pick<CurrentNode, 'nodeId' | 'visit'> &
  Pick<CurrentNode, 'attempt' | 'lastError' | 'nextRetryAt' | 'attemptStartedAt'>;

type Timestamp = NonNullable<
  NonNullable<DescribeWorkflowExecutionResponse['pendingActivities']>[number]['scheduledTime']
>;

function toIso({ seconds, nanos }: Timestamp): string {
  return new Date(Number(seconds ?? 0) * 1000 + (nanos ?? 0) / 1e6).toISOString();
}

/** PENDING_ACTIVITY_STATE_STARTED of temporal.api.enums.v1. */
const startedState = 2;

const isSet = (time: Timestamp | null | undefined): time is Timestamp =>
  Number(time?.seconds ?? 0) > 0;

/** The calls of a run's nodes, from what Temporal says of its workflow's pending activities. */
export function pendingCallsOf({
  pendingActivities,
}: Pick<DescribeWorkflowExecutionResponse, 'pendingActivities'>): PendingCall[] {
  return (pendingActivities ?? []).flatMap((activity): PendingCall[] => {
    const [, nodeId, visit] = /^(.+):(\d+)(?:#\d+)?$/s.exec(activity.activityId ?? '') ?? [];
    const attempt = activity.attempt ?? 1;
    if (nodeId === undefined) return [];
    const { lastFailure, nextAttemptScheduleTime: next, lastStartedTime: started } = activity;
    const isStarted = Number(activity.state) === startedState;
    return [
      {
        nodeId,
        visit: Number(visit),
        ...(attempt > 1 && { attempt }),
        ...(lastFailure?.message && { lastError: lastFailure.message }),
        ...(isSet(next) && { nextRetryAt: toIso(next) }),
        ...(isStarted && isSet(started) && { attemptStartedAt: toIso(started) }),
      },
    ];
  });
}

/** A run's current nodes, with what Temporal says of their calls. */
export function withPendingCalls(
  nodes: readonly CurrentNode[],
  calls: readonly PendingCall[],
): CurrentNode[] {
  return nodes.map((node) => {
    const call = calls.find((one) => one.nodeId === node.nodeId && one.visit === node.visit);
    return { ...node, ...call };
  });
}
