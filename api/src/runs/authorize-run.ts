import type { RunMode, RunStatus } from '@crmflow/contracts';
import type { Pool } from 'pg';
import type { Principal } from '../http/principal.js';
import { AppError } from '../errors/app-error.js';

/** What every command looks at first. `generation` counts the retries of a run. */
export type RunHead = {
  status: RunStatus;
  mode: RunMode;
  launched: boolean;
  generation: number;
};

/** The run doesn't exist, or belongs to somebody else. */
export const noSuchRun = () => new AppError('not_found', 'Run not found.');

/**
 * Lets a principal pass who may see and command a run: the one place where that is decided.
 * @throws AppError `not_found` also where it is somebody else's
 */
export async function authorizeRun(
  pool: Pool,
  { userId }: Principal,
  runId: string,
): Promise<RunHead> {
  const { rows } = await pool.query<RunHead>({
    name: 'authorize-run',
    text: `SELECT status, mode, "launchedAt" IS NOT NULL AS launched, generation
             FROM "Run" WHERE id = $1 AND "ownerId" = $2`,
    values: [runId, userId],
  });
  if (!rows[0]) throw noSuchRun();
  return rows[0];
}
