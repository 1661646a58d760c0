import {
  type FlowNodeInput,
  isCall,
  type Retried,
  type RetryRun,
  type RunError,
} from '@crmflow/contracts';
import { type Db, findVisit, type FoundVisit, lastNode, reopenRun, type Resume } from '@crmflow/db';
import type { Access } from '../../access/authorize.js';
import type { Deps, RunDeps } from '../../deps.js';
import { AppError } from '../../errors/app-error.js';
import type { FlowGraph } from '../../flows/flow-graph.js';
import { launchStored, unlessUnavailable } from '../launch.js';
import { readRun, type StoredRun } from '../read-run.js';
import { unreached } from './unreached.js';

/** @throws AppError `run_finished` where a newer run has taken its place in a conversation */
async function requireCurrent({ pool }: RunDeps, { id, conversationId }: StoredRun): Promise<void> {
  if (conversationId === null) return;
  const { rows } = await pool.query<{ isCurrent: boolean }>(
    'SELECT "currentRunId" = $2 AS "isCurrent" FROM "Conversation" WHERE id = $1',
    [conversationId, id],
  );
  if (rows[0]?.isCurrent) return;
  const detail = 'The conversation has gone on in a newer run. Fork this one to try it again.';
  throw new AppError('run_finished', detail);
}

const notFailed = ({ status }: { status: string }) =>
  new AppError(
    'run_not_failed',
    `Only a failed run can be retried; this one is ${status.replace('_', ' ')}. Fork it to continue from one of its nodes.`,
  );

async function nodeToRetry(
  { pool }: RunDeps,
  run: StoredRun,
  wanted: string | undefined,
): Promise<string> {
  const failed = (run.error as RunError | null)?.nodeId;
  const nodeId = wanted ?? failed ?? (await lastNode(pool, run.id));
  if (nodeId !== null) return nodeId;
  const detail = 'The run failed before it reached a node. Start a new run.';
  throw new AppError('node_unreached', detail);
}

/**
 * The node as it is in the version that the run is on.
 * @throws AppError `node_missing` where it has none since it moved there
 */
async function nodeOf(db: Db, run: StoredRun, nodeId: string): Promise<FlowNodeInput> {
  const { graph, number } = await db.workflowVersion.findUniqueOrThrow({
    where: { id: run.versionId },
    select: { graph: true, number: true },
  });
  const node = (graph as unknown as FlowGraph).nodes.find(({ id }) => id === nodeId);
  if (node) return node;
  const version = number === null ? 'the draft' : `version ${number}`;
  const detail = `The run is on ${version}, which has no node "${nodeId}".`;
  throw new AppError('node_missing', detail);
}

/**
 * A call that failed may have happened all the same: it is made again under the same visit, and so
 * under the same idempotency key. Anything else is a visit of its own.
 */
const visitOf = (node: FlowNodeInput, { visit, succeeded }: FoundVisit) =>
  isCall(node) && !succeeded ? visit : visit + 1;

/**
 * Lets a failed run go on from the node that failed, or from an earlier one that it has reached.
 * From then on it is sure to go on, whatever dies: the reconciler launches what nobody else does.
 * @throws AppError `not_found`, `run_not_failed`, `run_finished`, `node_unreached`, `node_missing`,
 *   `flow_invalid`; the codes of `Budgets.requireRun`
 */
export async function retryRun(
  deps: RunDeps & Pick<Deps, 'budgets'>,
  { workspaceId }: Access,
  runId: string,
  { nodeId: wanted }: RetryRun,
): Promise<Retried> {
  await deps.budgets.requireRun(workspaceId, true);
  const run = await readRun(deps, runId);
  if (run.status !== 'failed') throw notFailed(run);
  await requireCurrent(deps, run);
  const nodeId = await nodeToRetry(deps, run, wanted);
  const found = await findVisit(deps.pool, runId, { nodeId });
  if (!found) throw unreached({ nodeId });
  const visit = visitOf(await nodeOf(deps.db, run, nodeId), found);
  const { lastSeq } = run;
  const at = Date.now();
  const resume: Resume = { by: 'retry', nodeId, visit, afterSeq: found.seq - 1, lastSeq, at };
  if (!(await reopenRun(deps.pool, runId, resume))) {
    throw notFailed(await readRun(deps, runId));
  }
  await unlessUnavailable(() => launchStored(deps, runId));
  return { runId, nodeId, visit, afterSeq: lastSeq };
}
