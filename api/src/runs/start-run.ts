import { randomUUID } from 'node:crypto';
import type { Json, RunSnapshot, StartRun } from '@crmflow/contracts';
import { readContactOfConversation } from '@crmflow/db';
import { localeOf } from '@crmflow/expressions';
import type { RunStart } from '@crmflow/workflows';
import { askOfClient } from '../ask.js';
import { canonicalHash } from '../canonical-hash.js';
import type { Deps, RunDeps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { isTemporalUnavailable } from '../errors/temporal.js';
import { checkCalledFlows } from '../flows/called-flows.js';
import { noSuchFlow } from '../flows/flow-errors.js';
import { requireNoErrors } from '../flows/require-runnable.js';
import { findVersion, type Version } from '../flows/versions/find-version.js';
import { findEarlier, type Starter } from './earlier-request.js';
import { launch } from './launch.js';
import type { ProgramFacts } from './programs.js';
import { chosenLocale } from './locale.js';
import { asPausePoints, requireNodes } from './steps/flow-nodes.js';

/** The run that a request led to: a new one before its first event, or that of an earlier request. */
export type Started =
  { created: true; runId: string; snapshot: RunSnapshot } | { created: false; runId: string };

/** Told of a new run once it is stored and before it is under way; at most once a request. */
export type OnCreated = (snapshot: RunSnapshot) => void;

/** PostgreSQL's violations of a key and of a reference, and Prisma's of a row that is not there. */
const codes = { '23505': 'taken', '23503': 'gone', P2025: 'gone' } as const;

function violated(error: unknown): 'taken' | 'gone' | undefined {
  if (!(error instanceof Error && 'code' in error)) return undefined;
  return codes[error.code as keyof typeof codes];
}

/** Whether its conversation was deleted meanwhile. Unlike a flow, nobody looks for that again. */
const isLost = (error: unknown) =>
  error instanceof Error && 'constraint' in error && error.constraint === 'Run_conversationId_fkey';

/** What was asked for under a requestId: another hash is another request. */
function requestHash(workflowId: string, request: Omit<StartRun, 'requestId'>): string {
  const { version, revision, input, mode, pausePoints = [], locale, timezone } = request;
  const asked: Json[] = [workflowId, version ?? null, input ?? {}, mode ?? 'auto'];
  // Hashes of requests without the fields that came later stay as they are stored.
  if (locale !== undefined || timezone !== undefined) {
    return canonicalHash([
      ...asked,
      ...[pausePoints, revision ?? null, locale ?? null, timezone ?? null],
    ]);
  }
  if (revision !== undefined) return canonicalHash([...asked, pausePoints, revision]);
  return canonicalHash(pausePoints.length > 0 ? [...asked, pausePoints] : asked);
}

/** A run before its first event: known without asking anybody. */
function firstSnapshot(start: RunStart, { variables }: ProgramFacts): RunSnapshot {
  const { runId, workflowId, version, startedAt, mode = 'auto', pausePoints = [] } = start;
  const defaults = variables.flatMap(({ name, default: value }): [string, Json][] =>
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

const insertRun = {
  name: 'insert-run',
  text: `
    INSERT INTO "Run" (id, "workflowId", "versionId", "workspaceId", mode, "pausePoints", input,
                       "startedAt", "requestId", "requestHash", locale, timezone,
                       "startedBy", "requestScope", "conversationId", burst, "takenOver")
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
};

/** The same, and what its conversation is told from then on. */
const insertRunOfConversation = {
  name: 'insert-run-of-conversation',
  text: `
    WITH run AS (${insertRun.text} RETURNING id, "conversationId")
    UPDATE "Conversation" c
       SET "currentRunId" = run.id, "toldSeq" = 0, "toldEpoch" = 0, status = 'open'
      FROM run WHERE c.id = run."conversationId"`,
};

/** What is published was checked then. @throws AppError `flow_invalid` */
async function requireCalled(
  { pool }: RunDeps,
  workspaceId: string,
  id: string,
  { flowNodes }: ProgramFacts,
): Promise<void> {
  if (flowNodes.length === 0) return;
  const nodes = flowNodes;
  const issues = await checkCalledFlows(askOfClient(pool), workspaceId, { id, nodes });
  requireNoErrors({ nodes, edges: [] }, issues);
}

async function begin(
  deps: RunDeps,
  starter: Starter,
  {
    runId,
    flow,
    version,
    request,
    hash,
  }: {
    runId: string;
    flow: { id: string; name: string };
    version: Version;
    request: StartRun;
    hash: string | undefined;
  },
  onCreated: OnCreated | undefined,
): Promise<Started> {
  const startedAt = new Date();
  const { workspaceId, userId, scope, conversationId = null, burst, takenOver } = starter;
  const { mode = 'auto', pausePoints = [] } = request;
  const program = await deps.programs.prepare(version.id);
  if (version.number === null) await requireCalled(deps, workspaceId, flow.id, program);
  requireNodes(program.nodeIds, asPausePoints('pausePoints', pausePoints));
  const chosen = await chosenLocale(deps.pool, userId, request);
  const contact =
    conversationId === null
      ? undefined
      : await readContactOfConversation(deps.pool, conversationId);
  const start: RunStart = {
    runId,
    workflowId: flow.id,
    workspaceId,
    version: version.number ?? 'draft',
    input: request.input ?? {},
    locale: localeOf(chosen.tag, chosen.timezone),
    ...(contact && { contact }),
    ...(burst && { burst }),
    ...(takenOver && { takenOver }),
    startedAt: startedAt.getTime(),
    mode,
    pausePoints,
  };
  await deps.pool.query({
    ...(conversationId === null ? insertRun : insertRunOfConversation),
    values: [
      ...[runId, flow.id, version.id, workspaceId, mode, pausePoints],
      ...[JSON.stringify(start.input), startedAt, request.requestId, hash],
      ...[chosen.tag, chosen.timezone, userId],
      ...[request.requestId && scope, conversationId, burst && JSON.stringify(burst)],
      takenOver && JSON.stringify(takenOver),
    ],
  });
  const snapshot = firstSnapshot(start, program);
  onCreated?.(snapshot);
  try {
    await launch(deps, { start, versionId: version.id }, flow.name);
  } catch (error) {
    const keep = request.requestId !== undefined && isTemporalUnavailable(error);
    await abandon(deps, runId, keep);
    throw error;
  }
  return { created: true, runId, snapshot };
}

/**
 * Starts a run of a flow, or finds the one that the same request has started. The row comes
 * first and Temporal second, so a run that Temporal has is always known; who asked with a
 * requestId may ask again until it is under way, and the reconciler sees to it meanwhile. Workspaces
 * take turns.
 * @throws AppError `not_found`, `no_version`, `stale_revision`, `flow_invalid`, `request_id_reused`,
 *   `rate_limited` where too many starts of the workspace wait,
 *   `invalid` for pause points that the flow has not; the codes of `Budgets.requireRun`;
 *   the client's error where Temporal does not answer
 */
export async function startRun(
  deps: RunDeps & Pick<Deps, 'budgets' | 'starts'>,
  starter: Starter,
  workflowId: string,
  request: StartRun,
  onCreated?: OnCreated,
): Promise<Started> {
  await deps.budgets.requireRun(starter.workspaceId);
  const runId = `run-${randomUUID()}`;
  const start = () => startNow(deps, starter, { runId, workflowId, request, onCreated });
  return deps.starts.run(starter.workspaceId, runId, start);
}

async function startNow(
  deps: RunDeps,
  starter: Starter,
  asked: {
    runId: string;
    workflowId: string;
    request: StartRun;
    onCreated: OnCreated | undefined;
  },
): Promise<Started> {
  const { runId, workflowId, request, onCreated } = asked;
  const { requestId } = request;
  const known =
    requestId === undefined
      ? null
      : { requestId, hash: starter.hash ?? requestHash(workflowId, request) };
  const earlier = known && (await findEarlier(deps, starter, known));
  if (earlier) return earlier;
  const { rows } = await deps.pool.query<{ id: string; name: string }>(
    'SELECT id, name FROM "Workflow" WHERE id = $1',
    [workflowId],
  );
  const [flow] = rows;
  if (!flow) throw noSuchFlow();
  const version = await findVersion(deps, flow.id, request);
  try {
    const facts = { runId, flow, version, request, hash: known?.hash };
    return await begin(deps, starter, facts, onCreated);
  } catch (error) {
    if (isLost(error)) throw new AppError('not_found', 'Conversation not found.', { cause: error });
    const reason = violated(error);
    // The flow was deleted meanwhile, or its draft, which was kept for long, was just pruned.
    if (reason === 'gone') return startNow(deps, starter, asked);
    if (reason !== 'taken' || !known) throw error;
    const winner = await findEarlier(deps, starter, known);
    if (winner) return winner;
    throw error;
  }
}
