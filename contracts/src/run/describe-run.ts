import type { ParentRun } from './calls.js';
import type { RunVersion } from './version.js';

const longestSummary = 100;

/**
 * What operators see of a run in Temporal from its start on: names and ids, nothing that was said.
 * @param place.publicUrl where the installation is reached, without a slash at its end
 */
export function describeRun(
  run: {
    runId: string;
    workflowId: string;
    version: RunVersion;
    workspaceId?: string | undefined;
    parent?: Pick<ParentRun, 'runId'> | undefined;
  },
  { flowName, publicUrl = '' }: { flowName: string; publicUrl?: string | undefined },
): { staticSummary: string; staticDetails: string } {
  const { runId, workflowId, version, workspaceId, parent } = run;
  const details = [
    `[Open the run](${publicUrl}/runs/${runId}) · [Open the flow](${publicUrl}/flows/${workflowId})`,
    ...(parent === undefined
      ? []
      : [`[Open the run that started it](${publicUrl}/runs/${parent.runId})`]),
    `flow \`${workflowId}\`, version ${version}`,
    ...(workspaceId === undefined ? [] : [`workspace \`${workspaceId}\``]),
  ];
  return {
    staticSummary: flowName.slice(0, longestSummary).toWellFormed(),
    staticDetails: details.join('  \n'),
  };
}
