import { runAttributes, type RunFlowArgs, runFlowType, type RunStart } from '@crmflow/workflows';
import {
  type Client,
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowStartOptions,
} from '@temporalio/client';
import type { Config } from '../config/config.js';
import { type CallbackConfig, callbacksOf } from './callback-secret.js';

/** What becomes of a start where the run has executions already, and what it carries along. */
export type StartPolicy = Pick<
  WorkflowStartOptions,
  'workflowIdReusePolicy' | 'workflowIdConflictPolicy' | 'memo'
>;

/** What an execution begins with: what is particular to it, and the version whose program it runs. */
export type Execution = { start: RunStart; versionId: string };

/** @returns false where the policy of the start keeps it from happening */
export type StartWorkflow = (
  execution: Execution,
  flowName: string,
  policy: StartPolicy,
) => Promise<boolean>;

/** Short: with the default a killed worker holds its run up for ten seconds. */
const workflowTaskTimeout = '5s';
/** For how long a Temporal that lacks the search attributes is not asked to take them again. */
const plainForMs = 60_000;
const grpcInvalidArgument = 3;

function lacksAttributes(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  return (
    isGrpcServiceError(cause) &&
    Number(cause.code) === grpcInvalidArgument &&
    /search attribute/i.test(cause.details)
  );
}

type Description = Pick<
  WorkflowStartOptions,
  'staticSummary' | 'staticDetails' | 'typedSearchAttributes'
>;

const longestSummary = 100;

/**
 * What operators see of a run in Temporal from its start on: names and ids, nothing that was said.
 * @param isSearchable whether to set search attributes; a Temporal that lacks them refuses the start
 */
function describeStart(
  start: RunStart,
  {
    flowName,
    publicUrl = '',
    isSearchable,
  }: { flowName: string; publicUrl?: string | undefined; isSearchable: boolean },
): Description {
  const { runId, workflowId, version, workspaceId } = start;
  const details = [
    `[Open the run](${publicUrl}/runs/${runId}) · [Open the flow](${publicUrl}/flows/${workflowId})`,
    `flow \`${workflowId}\`, version ${version}`,
    ...(workspaceId === undefined ? [] : [`workspace \`${workspaceId}\``]),
  ];
  return {
    staticSummary: flowName.slice(0, longestSummary).toWellFormed(),
    staticDetails: details.join('  \n'),
    ...(isSearchable && {
      typedSearchAttributes: [
        { key: runAttributes.flow, value: workflowId },
        { key: runAttributes.status, value: 'running' },
        ...(workspaceId === undefined
          ? []
          : [{ key: runAttributes.workspace, value: workspaceId }]),
      ],
    }),
  };
}

/**
 * Starts workflows of runs with search attributes, or without where Temporal does not have them:
 * a run that upserted one which is not there would stand still, so whether its start was taken
 * with them goes along with it.
 */
export function createStartWorkflow(
  client: Client,
  config: Pick<Config, 'temporal'> & CallbackConfig,
): StartWorkflow {
  const { temporal, publicUrl } = config;
  let plainUntil = 0;

  const attempt = (
    { start, versionId }: Execution,
    flowName: string,
    policy: StartPolicy,
    isSearchable: boolean,
  ) => {
    const given: RunStart = {
      ...start,
      callbacks: callbacksOf(config, start.runId),
      hasLogBudget: true,
      ...(isSearchable && { isSearchable }),
    };
    return client.workflow.start(runFlowType, {
      ...policy,
      ...describeStart(start, { flowName, publicUrl, isSearchable }),
      workflowId: start.runId,
      taskQueue: temporal.taskQueue,
      args: [given, { programOf: versionId }] satisfies RunFlowArgs,
      workflowTaskTimeout,
    });
  };

  return async (execution, flowName, policy) => {
    const isSearchable = Date.now() >= plainUntil;
    try {
      await attempt(execution, flowName, policy, isSearchable).catch(async (error: unknown) => {
        if (!isSearchable || !lacksAttributes(error)) throw error;
        plainUntil = Date.now() + plainForMs;
        return attempt(execution, flowName, policy, false);
      });
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw error;
    }
  };
}
