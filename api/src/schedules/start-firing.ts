import type { JsonObject } from '@crmflow/contracts';
import { scheduleSettingsOf } from '../deployments/schedule-settings.js';
import { noSuchDeployment } from '../deployments/read-deployments.js';
import type { Deps, RunDeps } from '../deps.js';
import type { AppError } from '../errors/app-error.js';
import { asAppError } from '../errors/as-app-error.js';
import { startRun } from '../runs/start-run.js';
import type { Claim } from './decide.js';

/** What starting runs of schedules needs. */
export type FiringDeps = RunDeps & Pick<Deps, 'budgets' | 'starts' | 'config' | 'logger'>;

type Row = {
  workspaceId: string;
  workflowId: string;
  version: number | null;
  settings: unknown;
};

async function start(deps: FiringDeps, claim: Claim) {
  const { deploymentId, key, scheduledAt, actualAt } = claim;
  const { rows } = await deps.pool.query<Row>(
    `SELECT "workspaceId", "workflowId", version, settings FROM "Deployment"
      WHERE id = $1 AND "deletedAt" IS NULL`,
    [deploymentId],
  );
  const [row] = rows;
  if (!row) throw noSuchDeployment();
  const { workspaceId, workflowId, version } = row;
  const { input, timezone } = scheduleSettingsOf(row.settings);
  const schedule = { scheduledAt: scheduledAt.toISOString(), actualAt: actualAt.toISOString() };
  // The key alone says which run it is: the settings may have changed since it was first tried.
  const starter = { workspaceId, userId: null, scope: deploymentId, hash: 'schedule' };
  return startRun(deps, starter, workflowId, {
    ...(version !== null && { version }),
    input: { ...(input as JsonObject), schedule },
    timezone,
    requestId: key,
  });
}

/** What is over in a moment, and tried again then: the firing stays leased until it is. */
const passing = new Set(['temporal_unavailable', 'database_unavailable', 'rate_limited']);
/** For so long a start is tried again where nobody knows what went wrong. */
const patienceMs = 600_000;

const isPassing = (code: string, { actualAt }: Claim) =>
  passing.has(code) || (code === 'internal' && Date.now() - actualAt.getTime() < patienceMs);

async function refuse({ pool }: FiringDeps, claim: Claim, { code, detail }: AppError) {
  await pool.query(
    `WITH f AS (UPDATE "ScheduleFiring" SET state = 'refused', code = $3, detail = $4, "leaseUntil" = NULL
                 WHERE "deploymentId" = $1 AND key = $2 AND state = 'starting' RETURNING key)
     UPDATE "Schedule" SET failures = failures + 1
      WHERE "deploymentId" = $1 AND EXISTS (SELECT FROM f)`,
    [claim.deploymentId, claim.key, code, detail],
  );
}

/**
 * Starts the run of a firing, or finds it started, and writes down what came of it.
 * @returns its run, and whether it is new
 * @throws AppError as `startRun` does; what is passing is tried again later
 */
export async function startFiring(
  deps: FiringDeps,
  claim: Claim,
): Promise<{ runId: string; created: boolean }> {
  const { deploymentId, key } = claim;
  try {
    const { runId, created } = await start(deps, claim);
    await deps.pool.query(
      `UPDATE "ScheduleFiring" SET state = 'running', "runId" = $3, "leaseUntil" = NULL
        WHERE "deploymentId" = $1 AND key = $2 AND state = 'starting'`,
      [deploymentId, key, runId],
    );
    return { runId, created };
  } catch (error) {
    const refused = asAppError(error);
    const { code } = refused;
    const details = { deploymentId, key, code, ...(code === 'internal' && { err: error }) };
    if (isPassing(code, claim)) deps.logger.warn(details, 'A scheduled run starts later');
    else {
      deps.logger.info(details, 'A scheduled run could not be started');
      await refuse(deps, claim, refused);
    }
    throw refused;
  }
}
