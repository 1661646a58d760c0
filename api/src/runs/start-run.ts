import { randomUUID } from 'node:crypto';
import type { RunSnapshot, StartRun } from '@crmflow/contracts';
import { Prisma } from '@crmflow/db';
import type { Principal } from '../account/principal.js';
import { AppError } from '../errors/app-error.js';
import { isTemporalUnavailable } from '../errors/temporal.js';
import { compileVersion } from './compile-version.js';
import type { Version } from './draft-version.js';
import { findEarlier } from './find-earlier.js';
import { findVersion } from './find-version.js';
import { firstSnapshot } from './first-snapshot.js';
import { launch, type LaunchDeps } from './launch.js';
import { requestHash } from './request-hash.js';
import { asPausePoints, requireNodes } from './steps/flow-nodes.js';

/** The run that a request led to: a new one before its first event, or that of an earlier request. */
export type Started =
  { created: true; runId: string; snapshot: RunSnapshot } | { created: false; runId: string };

const constraintCodes = { P2002: 'taken', P2003: 'gone' } as const;

function violated(error: unknown): 'taken' | 'gone' | undefined {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  return constraintCodes[error.code as keyof typeof constraintCodes];
}

const noFlow = () => new AppError('not_found', 'Flow not found.');

/**
 * A run that did not get under way starts later only if its sender can ask for it by its
 * requestId; any other is forgotten, and its sender told that there is none.
 */
async function abandon(deps: LaunchDeps, runId: string, keep: boolean): Promise<void> {
  if (keep) return;
  await deps.db.run.deleteMany({ where: { id: runId, launchedAt: null, lastSeq: 0 } });
}

async function begin(
  deps: LaunchDeps,
  principal: Principal,
  {
    flow,
    version,
    request,
    hash,
  }: {
    flow: { id: string; name: string };
    version: Version;
    request: StartRun;
    hash: string;
  },
): Promise<Started> {
  const runId = `run-${randomUUID()}`;
  const startedAt = new Date();
  const { mode = 'auto', pausePoints = [] } = request;
  const input = compileVersion(flow.name, version, {
    runId,
    workflowId: flow.id,
    ownerId: principal.userId,
    input: request.input ?? {},
    startedAt: startedAt.getTime(),
    mode,
    pausePoints,
  });
  const nodeIds = new Set(input.graph.nodes.map(({ id }) => id));
  requireNodes(nodeIds, asPausePoints('pausePoints', pausePoints));
  await deps.db.run.create({
    data: {
      id: runId,
      workflowId: flow.id,
      versionId: version.id,
      ownerId: principal.userId,
      mode,
      pausePoints,
      input: request.input ?? {},
      startedAt,
      ...(request.requestId !== undefined && { requestId: request.requestId, requestHash: hash }),
    },
    select: { id: true },
  });
  try {
    await launch(deps, input, flow.name);
  } catch (error) {
    const keep = request.requestId !== undefined && isTemporalUnavailable(error);
    await abandon(deps, runId, keep);
    throw error;
  }
  return { created: true, runId, snapshot: firstSnapshot(input) };
}

/**
 * Starts a run of a flow, or finds the one that the same request has started. The row comes
 * first and Temporal second, so a run that Temporal has is always known; who asked with a
 * requestId may ask again until it is under way, and the reconciler sees to it meanwhile.
 * @throws AppError `not_found`, `no_version`, `stale_revision`, `flow_invalid`, `request_id_reused`,
 *   `invalid` for pause points that the flow has not; the client's error where Temporal does not answer
 */
export async function startRun(
  deps: LaunchDeps,
  principal: Principal,
  workflowId: string,
  request: StartRun,
): Promise<Started> {
  const { requestId } = request;
  const hash = requestHash(workflowId, request);
  if (requestId !== undefined) {
    const earlier = await findEarlier(deps, principal, { requestId, hash });
    if (earlier) return earlier;
  }
  const flow = await deps.db.workflow.findFirst({
    where: { id: workflowId, ownerId: principal.userId },
    select: { id: true, name: true },
  });
  if (!flow) throw noFlow();
  const version = await findVersion(deps, flow.id, request);
  try {
    return await begin(deps, principal, { flow, version, request, hash });
  } catch (error) {
    const reason = violated(error);
    // The flow was deleted meanwhile, or its draft, which was kept for long, was just pruned.
    if (reason === 'gone') return startRun(deps, principal, workflowId, request);
    if (reason !== 'taken' || requestId === undefined) throw error;
    const winner = await findEarlier(deps, principal, { requestId, hash });
    if (winner) return winner;
    throw error;
  }
}
