import type { RunMode, RunStatus } from '@crmflow/contracts';
import type { Pool } from 'pg';
import { AppError } from '../errors/app-error.js';

/** What every command looks at first. `generation` counts the retries of a run. */
export type RunHead = {
  status: RunStatus;
  mode: RunMode;
  launched: boolean;
  generation: number;
};

/** The run doesn't exist, or was deleted meanwhile. */
export const noSuchRun = () => new AppError('not_found', 'Run not found.');

/** @throws AppError `not_found` */
export async function readRunHead(pool: Pool, runId: string): Promise<RunHead> {
  const { rows } = await pool.query<RunHead>({
    name: 'run-head',
    text: `SELECT status, mode, "launchedAt" IS NOT NULL AS launched, generation
             FROM "Run" WHERE id = $1`,
    values: [runId],
  });
  if (!rows[0]) throw noSuchRun();
  return rows[0];
}
