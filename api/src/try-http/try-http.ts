import { randomUUID } from 'node:crypto';
import {
  type ErrorCode,
  errorCodes,
  issueError,
  type TriedHttp,
  type TryHttp,
  type TryHttpInput,
  type TryHttpResult,
  tryHttpType,
} from '@crmflow/contracts';
import { checkNode } from '@crmflow/expressions';
import { WorkflowFailedError } from '@temporalio/client';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';

/** What trying a request needs. */
export type TryHttpDeps = Pick<Deps, 'temporal' | 'config' | 'logger'>;

/** How long one waits for a worker and for the service together. */
const patience = '45s';
const deadlineMs = 50_000;
const forgetMs = 5_000;

function requireSendable(data: TryHttp['data']): void {
  const node = {
    id: 'try',
    type: 'integration',
    label: '',
    position: { x: 0, y: 0 },
    data,
  } as const;
  const errors = checkNode(node)
    .filter(({ severity }) => severity === 'error')
    .map((issue) => issueError(issue, 'data'));
  if (errors.length === 0) return;
  const detail =
    'The request cannot be sent until its errors are fixed. See `errors` for each one.';
  throw new AppError('flow_invalid', detail, { errors });
}

async function perform(deps: TryHttpDeps, input: TryHttpInput): Promise<TryHttpResult> {
  const { temporal, config } = deps;
  try {
    return await temporal.withDeadline(Date.now() + deadlineMs, () =>
      temporal.workflow.execute<(input: TryHttpInput) => Promise<TryHttpResult>>(tryHttpType, {
        workflowId: input.tryId,
        taskQueue: config.temporal.taskQueue,
        workflowExecutionTimeout: patience,
        workflowTaskTimeout: '5s',
        args: [input],
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    const detail = 'No worker sent the request in time. Try again in a few seconds.';
    throw new AppError('temporal_unavailable', detail, { retryAfterSeconds: 2, cause: error });
  }
}

/** Values that were only tried stay in no history. */
async function forget({ temporal, logger }: TryHttpDeps, tryId: string): Promise<void> {
  const { namespace } = temporal.options;
  const workflowExecution = { workflowId: tryId };
  try {
    await temporal.withDeadline(Date.now() + forgetMs, () =>
      temporal.workflowService.deleteWorkflowExecution({ namespace, workflowExecution }),
    );
  } catch (error) {
    logger.warn(
      { err: error, tryId },
      'A test request could not be removed from Temporal; it is kept until the retention period ends',
    );
  }
}

const isCode = (code: string): code is ErrorCode => Object.hasOwn(errorCodes, code);

/**
 * Sends the request of an integration node once, as a run of the flow would: the same expressions,
 * guard, limits and keys. The worker sends it, since only there keys are opened.
 * @throws AppError `flow_invalid` for a node that no run would take; the codes of
 *   expressions, of the egress guard and of keys; `temporal_unavailable` also where no worker is up
 */
export async function tryHttp(
  deps: TryHttpDeps,
  workspaceId: string,
  workflowId: string,
  { data, vars, input }: TryHttp,
): Promise<TriedHttp> {
  requireSendable(data);
  const tryId = `try-${randomUUID()}`;
  const owner = { tryId, workspaceId, workflowId, at: Date.now() };
  try {
    const result = await perform(deps, { data, vars, input, ...owner });
    if (result.ok) return result.answer;
    const { code, message } = result.error;
    throw new AppError(isCode(code) ? code : 'internal_node_error', message);
  } finally {
    void forget(deps, tryId);
  }
}
