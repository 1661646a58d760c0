import { randomUUID } from 'node:crypto';
import { type ForkRun, limits, type RunMode } from '@crmflow/contracts';
import { findVisit, forkRun as writeFork, laterMessages } from '@crmflow/db';
import type { Access } from '../../access/authorize.js';
import type { Deps, RunDeps } from '../../deps.js';
import { AppError } from '../../errors/app-error.js';
import { canonicalHash } from '../../canonical-hash.js';
import type { Version } from '../../flows/versions/find-version.js';
import { isTaken } from '../../errors/database.js';
import { findEarlier, starterOf } from '../earlier-request.js';
import { findVersion } from '../../flows/versions/find-version.js';
import { launchStored, unlessUnavailable } from '../launch.js';
import type { ProgramFacts } from '../programs.js';
import { readRun, type StoredRun } from '../read-run.js';
import { unreached } from './unreached.js';

/** The run that a request for a fork led to. */
export type Forked = { runId: string; created: boolean };

const hashOf = (runId: string, { requestId: _, ...asked }: ForkRun) =>
  canonicalHash({ fork: runId, ...asked });

async function versionOf(
  deps: RunDeps,
  run: StoredRun,
  wanted: ForkRun['version'],
): Promise<Version> {
  if (wanted !== undefined) return findVersion(deps, run.workflowId, { version: wanted });
  return { id: run.versionId, number: run.version.number };
}

function requireNode({ number }: Version, { nodeIds }: ProgramFacts, nodeId: string): void {
  if (nodeIds.has(nodeId)) return;
  const version = number === null ? 'The draft' : `Version ${number}`;
  throw new AppError('node_missing', `${version} has no node "${nodeId}" to continue from.`);
}

async function requireRoom({ pool }: RunDeps, runId: string, seq: number): Promise<void> {
  const { count, bytes } = await laterMessages(pool, runId, seq);
  if (count <= limits.queuedMessages && bytes <= limits.queuedBytes) return;
  const detail = `The customer sent ${count} messages after that point, but a run can queue only ${limits.queuedMessages}. Fork from a later node, or without repeatMessages.`;
  throw new AppError('queue_full', detail);
}

async function begin(
  deps: RunDeps,
  access: Access,
  run: StoredRun,
  request: ForkRun,
  requestHash: string,
): Promise<string> {
  const { nodeId } = request;
  const found = await findVisit(deps.pool, run.id, request);
  if (!found) throw unreached(request);
  const { visit } = found;
  const version = await versionOf(deps, run, request.version);
  const program = await deps.programs.prepare(version.id);
  requireNode(version, program, nodeId);
  const runId = `run-${randomUUID()}`;
  const at = Date.now();
  const mode = request.mode ?? (run.mode as RunMode);
  const seq = found.seq - 1;
  if (request.repeatMessages) await requireRoom(deps, run.id, seq);
  const written = await writeFork(deps.pool, {
    ...{ runId, versionId: version.id, mode, visit, at },
    pausePoints: run.pausePoints.filter((id) => program.nodeIds.has(id)),
    origin: { runId: run.id, nodeId, visit, seq },
    repeatMessages: request.repeatMessages ?? false,
    startedBy: access.principal.userId,
    ...(request.requestId !== undefined && {
      ...{ requestScope: starterOf(access).scope, requestId: request.requestId, requestHash },
    }),
  });
  if (!written) throw new AppError('not_found', 'The run was deleted.');
  return runId;
}

/**
 * Begins a new run from a node that another one has reached, with the state there. Once it is
 * written down it is sure to get under way: the reconciler launches what nobody else does.
 * @throws AppError `not_found`, `node_unreached`, `node_missing`, `no_version`, `flow_invalid`,
 *   `queue_full`, `request_id_reused`; the codes of `Budgets.requireRun`
 */
export async function forkRun(
  deps: RunDeps & Pick<Deps, 'budgets'>,
  access: Access,
  originId: string,
  request: ForkRun,
): Promise<Forked> {
  await deps.budgets.requireRun(access.workspaceId, true);
  const run = await readRun(deps, originId);
  const { requestId } = request;
  const hash = hashOf(originId, request);
  const earlier = async () =>
    requestId === undefined ? null : findEarlier(deps, starterOf(access), { requestId, hash });
  const known = await earlier();
  if (known) return known;
  try {
    const runId = await begin(deps, access, run, request, hash);
    await unlessUnavailable(() => launchStored(deps, runId));
    return { runId, created: true };
  } catch (error) {
    const winner = isTaken(error) ? await earlier() : null;
    if (winner) return winner;
    throw error;
  }
}
