import type { RecordedFiring, ScheduleActivities } from '@crmflow/contracts';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { proxyActivities, workflowInfo } from '@temporalio/workflow';

const { recordFiring } = proxyActivities<ScheduleActivities>({
  startToCloseTimeout: '10s',
  // What only the database can keep from happening happens once that is back.
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
});

const scheduledStart = defineSearchAttributeKey(
  'TemporalScheduledStartTime',
  SearchAttributeType.DATETIME,
);

/**
 * What the schedule of a deployment starts at each instant that can be one of its times: writes down that it
 * is due, if it is. The run is started by who starts all runs, and is no child: it outlives this (ADR 41).
 */
export async function scheduledRun(deploymentId: string): Promise<RecordedFiring> {
  const { typedSearchAttributes, startTime } = workflowInfo();
  const dueAt = typedSearchAttributes.get(scheduledStart) ?? startTime;
  return recordFiring({ deploymentId, scheduledAt: dueAt.getTime() });
}
