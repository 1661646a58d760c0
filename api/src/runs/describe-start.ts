import { type RunFlowInput, runAttributes } from '@crmflow/workflows';
import type { WorkflowStartOptions } from '@temporalio/client';

type Description = Pick<
  WorkflowStartOptions,
  'staticSummary' | 'staticDetails' | 'typedSearchAttributes'
>;

const longestSummary = 100;

/**
 * What operators see of a run in Temporal from its start on: names and ids, nothing that was said.
 * @param isSearchable whether to set search attributes; a Temporal that lacks them refuses the start
 */
export function describeStart(
  input: RunFlowInput,
  {
    flowName,
    publicUrl = '',
    isSearchable,
  }: { flowName: string; publicUrl?: string | undefined; isSearchable: boolean },
): Description {
  const { runId, workflowId, version, ownerId } = input;
  const details = [
    `[Open the run](${publicUrl}/runs/${runId}) · [Open the flow](${publicUrl}/flows/${workflowId})`,
    `flow \`${workflowId}\`, version ${version}`,
    ...(ownerId === undefined ? [] : [`owner \`${ownerId}\``]),
  ];
  return {
    staticSummary: flowName.slice(0, longestSummary).toWellFormed(),
    staticDetails: details.join('  \n'),
    ...(isSearchable && {
      typedSearchAttributes: [
        { key: runAttributes.flow, value: workflowId },
        { key: runAttributes.status, value: 'running' },
        ...(ownerId === undefined ? [] : [{ key: runAttributes.owner, value: ownerId }]),
      ],
    }),
  };
}
