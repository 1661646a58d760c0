import type { RunStatus } from '@crmflow/contracts';
import type { Pool } from 'pg';
import type { Principal } from '../account/principal.js';
import { AppError } from '../errors/app-error.js';

/** The little of a run that commands look at. */
export type RunState = { status: RunStatus; launched: boolean; generation: number };

/**
 * How far a run is, where it is the principal's; the quick way.
 * @throws AppError `not_found` also where it is somebody else's
 */
export async function runState(
  pool: Pool,
  { userId }: Principal,
  runId: string,
): Promise<RunState> {
  const { rows } = await pool.query<RunState>({
    name: 'run-state',
    text: `SELECT status, "launchedAt" IS NOT NULL AS launched, generation
             FROM "Run" WHERE id = $1 AND "ownerId" = $2`,
    values: [runId, userId],
  });
  if (rows[0]) return rows[0];
  throw new AppError('not_found', 'Run not found.');
}
