import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject, RunMode } from '@crmflow/contracts';
import { readContactOfConversation } from '@crmflow/db';
import { localeOf } from '@crmflow/expressions';
import type { Burst, RunStart } from '@crmflow/workflows';
import type { Pool } from 'pg';
import type { RunDeps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { isTemporalUnavailable } from '../errors/temporal.js';
import { rebuildState } from './recovery/rebuild-state.js';
import type { Execution } from './start-workflow.js';

/**
 * Notes that Temporal has the run, so that nobody has to see to it any more.
 * @param generation the run's when it was launched
 */
export async function markLaunched(
  pool: Pick<Pool, 'query'>,
  runId: string,
  generation = 0,
): Promise<void> {
  await pool.query(
    `UPDATE "Run" SET "launchedAt" = now(), "launchLease" = NULL
      WHERE id = $1 AND generation = $2 AND "launchedAt" IS NULL`,
    [runId, generation],
  );
}

/** A run whose next execution is due. */
type Due = {
  runId: string;
  flowName: string;
  generation: number;
  /** Reads what the execution begins with; called once those before it have closed. */
  prepare(): Promise<Execution>;
};

/** A workflow closes some milliseconds after it has told its end. */
const closingMs = 5_000;
/** Longer than a start may take. */
const leaseSeconds = 10;

/**
 * Takes the right to launch a run's next execution, or prolongs it. A row says who has it rather
 * than a lock, which would hold a connection while Temporal is waited for.
 * @param held what this returned before
 * @returns what holds it now; null where another has it, or the run was launched
 */
async function takeLease(
  pool: Pool,
  { runId, generation }: Due,
  held: string | null,
): Promise<string | null> {
  const { rows } = await pool.query<{ lease: string }>(
    `UPDATE "Run" SET "launchLease" = clock_timestamp() + make_interval(secs => $4)
      WHERE id = $1 AND generation = $2 AND "launchedAt" IS NULL
        AND ("launchLease" IS NULL OR "launchLease" < now() OR "launchLease" = $3::timestamptz)
     RETURNING "launchLease"::text AS lease`,
    [runId, generation, held, leaseSeconds],
  );
  return rows[0]?.lease ?? null;
}

async function giveBack(pool: Pool, runId: string, held: string): Promise<void> {
  await pool.query(
    `UPDATE "Run" SET "launchLease" = NULL WHERE id = $1 AND "launchLease" = $2::timestamptz`,
    [runId, held],
  );
}

async function isLaunched(pool: Pool, { runId, generation }: Due): Promise<boolean> {
  const { rowCount } = await pool.query(
    'SELECT FROM "Run" WHERE id = $1 AND generation = $2 AND "launchedAt" IS NULL',
    [runId, generation],
  );
  return rowCount === 0;
}

/**
 * Launches the next execution of a run that was opened again, exactly once, whoever else is at it
 * and wherever one who was at it has died.
 * @throws the client's error where Temporal does not answer; then the reconciler sees to it
 */
async function launchAgain({ pool, engine }: RunDeps, due: Due): Promise<void> {
  const { runId, flowName, generation } = due;
  const deadline = Date.now() + closingMs;
  let held: string | null = null;
  try {
    for (;;) {
      held ??= await takeLease(pool, due, null);
      if (held === null && (await isLaunched(pool, due))) return;
      const newest = held === null ? null : await engine.newest(runId);
      let launched = newest !== null && newest.generation >= generation;
      if (held !== null && !launched && !newest?.open) {
        const execution = await due.prepare();
        // A long log may have taken longer to read than the lease lasts.
        held = await takeLease(pool, due, held);
        launched = held !== null && (await engine.launchAgain(execution, flowName, generation));
      }
      if (launched) return await markLaunched(pool, runId, generation);
      if (Date.now() > deadline) {
        const detail =
          'The run continues once Temporal has closed its previous execution. Try again in a few seconds.';
        throw new AppError('temporal_unavailable', detail, { retryAfterSeconds: 2 });
      }
      await delay(held === null ? 100 : 20);
    }
  } catch (error) {
    if (held !== null) await giveBack(pool, runId, held).catch(() => {});
    throw error;
  }
}

/** Starts a run's workflow and notes it. Safe to repeat, also at once and from elsewhere. */
export async function launch(
  { pool, engine }: Pick<RunDeps, 'pool' | 'engine'>,
  execution: Execution,
  flowName: string,
): Promise<void> {
  await engine.launch(execution, flowName);
  await markLaunched(pool, execution.start.runId);
}

/**
 * Launches a run from what the database has of it: from its beginning, or from where it goes on.
 * @returns false where there is no such run
 * @throws AppError `flow_invalid` where its version cannot run any more
 */
export async function launchStored(deps: RunDeps, runId: string): Promise<boolean> {
  const run = await deps.db.run.findUnique({
    where: { id: runId },
    include: { version: { select: { number: true } }, workflow: { select: { name: true } } },
  });
  if (!run) return false;
  const { version, versionId, workflow, generation, conversationId } = run;
  await deps.programs.prepare(versionId);
  const contact =
    conversationId === null
      ? undefined
      : await readContactOfConversation(deps.pool, conversationId);
  const start: RunStart = {
    runId,
    workflowId: run.workflowId,
    workspaceId: run.workspaceId,
    version: version.number ?? 'draft',
    input: run.input as JsonObject,
    ...(run.locale !== null && {
      locale: localeOf(run.locale, run.timezone ?? 'UTC'),
    }),
    ...(contact && { contact }),
    ...(run.burst !== null && { burst: run.burst as Burst }),
    ...(run.takenOver !== null && { takenOver: run.takenOver as RunStart['takenOver'] }),
    startedAt: run.startedAt.getTime(),
    mode: run.mode as RunMode,
    pausePoints: run.pausePoints,
  };
  const prepare = async () => {
    const state = await rebuildState(deps, run);
    return { start: state ? { ...start, state } : start, versionId };
  };
  if (generation === 0) await launch(deps, await prepare(), workflow.name);
  else await launchAgain(deps, { runId, flowName: workflow.name, generation, prepare });
  return true;
}

/** Launches what is written down already: Temporal being away only delays it. */
export async function unlessUnavailable(launch: () => Promise<unknown>): Promise<void> {
  try {
    await launch();
  } catch (error) {
    const late = error instanceof AppError && error.code === 'temporal_unavailable';
    if (!late && !isTemporalUnavailable(error)) throw error;
  }
}
