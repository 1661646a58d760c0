import type { CurrentNode } from '@crmflow/contracts';
import type { DescribeWorkflowExecutionResponse } from '@temporalio/client';

/** A call of a node that failed before and is tried again. */
export type PendingCall = Required<Pick<CurrentNode, 'nodeId' | 'visit' | 'attempt'>> &
  Pick<CurrentNode, 'lastError' | 'nextRetryAt'>;

type Timestamp = NonNullable<
  NonNullable<DescribeWorkflowExecutionResponse['pendingActivities']>[number]['scheduledTime']
>;

function toIso({ seconds, nanos }: Timestamp): string {
  return new Date(Number(seconds ?? 0) * 1000 + (nanos ?? 0) / 1e6).toISOString();
}

/** The calls that Temporal tries again, from what it says of a workflow's pending activities. */
export function pendingCallsOf({
  pendingActivities,
}: Pick<DescribeWorkflowExecutionResponse, 'pendingActivities'>): PendingCall[] {
  return (pendingActivities ?? []).flatMap((activity): PendingCall[] => {
    const [, nodeId, visit] = /^(.+):(\d+)(?:#\d+)?$/s.exec(activity.activityId ?? '') ?? [];
    const attempt = activity.attempt ?? 1;
    if (nodeId === undefined || attempt < 2) return [];
    const { lastFailure, nextAttemptScheduleTime: next } = activity;
    return [
      {
        nodeId,
        visit: Number(visit),
        attempt,
        ...(lastFailure?.message && { lastError: lastFailure.message }),
        ...(next && Number(next.seconds ?? 0) > 0 && { nextRetryAt: toIso(next) }),
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
