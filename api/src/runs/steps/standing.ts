import type { CurrentNode, RunMode, RunStatus, RunView } from '@crmflow/contracts';
import type { Pool } from 'pg';
import type { Principal } from '../../account/principal.js';
import { AppError } from '../../errors/app-error.js';

/** Where a run stands, as far as commands depend on it. */
export type Standing = {
  status: RunStatus;
  mode: RunMode;
  /** Whether it pauses before the next node. */
  stepping: boolean;
  /** The node at or before which it stands, if any. */
  node?: CurrentNode | undefined;
};

/** What a view says of it. */
export function standingOf(
  {
    status,
    stepping = false,
    currentNodes: [node],
  }: Pick<RunView, 'status' | 'currentNodes' | 'stepping'>,
  mode: RunMode,
): Standing {
  return { status, mode, stepping, node };
}

type Row = {
  status: RunStatus;
  mode: RunMode;
  launched: boolean;
  stepping: boolean | null;
  currentNodes: CurrentNode[] | null;
};

/**
 * Where a run stood when it told its newest event. Who was told that event never sees an older one.
 * @throws AppError `not_found` also where it is somebody else's
 */
export async function readStanding(
  pool: Pool,
  { userId }: Principal,
  runId: string,
): Promise<{ standing: Standing; launched: boolean }> {
  const { rows } = await pool.query<Row>({
    name: 'run-standing',
    text: `SELECT status, mode, "launchedAt" IS NOT NULL AS launched,
                  (view->'stepping')::boolean AS stepping, view->'currentNodes' AS "currentNodes"
             FROM "Run" WHERE id = $1 AND "ownerId" = $2`,
    values: [runId, userId],
  });
  const [row] = rows;
  if (!row) throw new AppError('not_found', 'Run not found.');
  const { status, mode, launched, currentNodes } = row;
  const stepping = row.stepping ?? mode === 'step';
  return {
    launched,
    standing: standingOf({ status, stepping, currentNodes: currentNodes ?? [] }, mode),
  };
}
