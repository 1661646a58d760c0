import { describeRun } from '@crmflow/contracts';
import {
  attributesAtStart,
  type RunFlowArgs,
  runFlowType,
  type RunStart,
} from '@crmflow/workflows';
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
      ...describeRun(start, { flowName, publicUrl }),
      // A Temporal that lacks them refuses the start.
      ...(isSearchable && { typedSearchAttributes: attributesAtStart(start) }),
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
