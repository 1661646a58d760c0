import { randomUUID } from 'node:crypto';
import type { Json, RunSnapshot, StartRun } from '@crmflow/contracts';
import { Prisma } from '@crmflow/db';
import type { RunFlowInput } from '@crmflow/workflows';
import type { Principal } from '../http/principal.js';
import { canonicalHash } from '../canonical-hash.js';
import type { RunDeps } from '../deps.js';
import { isTemporalUnavailable } from '../errors/temporal.js';
import { noSuchFlow } from '../flows/flow-errors.js';
import { findVersion, type Version } from '../flows/versions/find-version.js';
import { compileVersion } from './compile-version.js';
import { findEarlier } from './earlier-request.js';
import { launch } from './launch.js';
import { asPausePoints, requireNodes } from './steps/flow-nodes.js';

/** The run that a request led to: a new one before its first event, or that of an earlier request. */
export type Started =
  { created: true; runId: string; snapshot: RunSnapshot } | { created: false; runId: string };

const constraintCodes = { P2002: 'taken', P2003: 'gone' } as const;

function violated(error: unknown): 'taken' | 'gone' | undefined {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  return constraintCodes[error.code as keyof typeof constraintCodes];
}

/** What was asked for under a requestId: another hash is another request. */
function requestHash(
  workflowId: string,
  { version, revision, input, mode, pausePoints = [] }: Omit<StartRun, 'requestId'>,
): string {
  const asked = [workflowId, version ?? null, input ?? {}, mode ?? 'auto'];
  // Hashes of requests without the fields that came later stay as they are stored.
  if (revision !== undefined) return canonicalHash([...asked, pausePoints, revision]);
  return canonicalHash(pausePoints.length > 0 ? [...asked, pausePoints] : asked);
}

/** A run before its first event: known without asking anybody. */
function firstSnapshot(input: RunFlowInput): RunSnapshot {
  const { runId, workflowId, version, startedAt, mode = 'auto', pausePoints = [] } = input;
  const defaults = input.variables.flatMap(({ name, default: value }): [string, Json][] =>
    value === undefined ? [] : [[name, value]],
  );
  return {
    runId,
    workflowId,
    version,
    status: 'running',
    mode,
    stepping: mode === 'step',
    pausePoints,
    currentNodes: [],
    variables: Object.fromEntries(defaults),
    messages: [],
    lastSeq: 0,
    startedAt: new Date(startedAt).toISOString(),
  };
}

/**
 * A run that did not get under way starts later only if its sender can ask for it by its
 * requestId; any other is forgotten, and its sender told that there is none.
 */
async function abandon(deps: RunDeps, runId: string, keep: boolean): Promise<void> {
  if (keep) return;
  await deps.db.run.deleteMany({ where: { id: runId, launchedAt: null, lastSeq: 0 } });
}

async function begin(
  deps: RunDeps,
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
  deps: RunDeps,
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
  if (!flow) throw noSuchFlow();
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
