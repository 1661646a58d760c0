import type { CurrentNode, RunMode, RunStatus, RunView } from '@crmflow/contracts';
import type { Pool } from 'pg';
import type { RunHead } from '../run-head.js';

/** Where a run is, as far as commands depend on it. */
export type RunPosition = {
  status: RunStatus;
  mode: RunMode;
  /** Whether it pauses before the next node. */
  stepping: boolean;
  /** The node at or before which it stands, if any. */
  node?: CurrentNode | undefined;
};

/** What a view says of it. */
export function positionOf(
  {
    status,
    stepping = false,
    currentNodes: [node],
  }: Pick<RunView, 'status' | 'currentNodes' | 'stepping'>,
  mode: RunMode,
): RunPosition {
  return { status, mode, stepping, node };
}

/**
 * Where a run was at its newest event in the log. Whoever has seen that event never gets an older
 * position.
 */
export async function readPosition(
  pool: Pool,
  runId: string,
  { status, mode }: RunHead,
): Promise<RunPosition> {
  const { rows } = await pool.query<{
    stepping: boolean | null;
    currentNodes: CurrentNode[] | null;
  }>({
    name: 'run-position',
    text: `SELECT (view->'stepping')::boolean AS stepping, view->'currentNodes' AS "currentNodes"
             FROM "Run" WHERE id = $1`,
    values: [runId],
  });
  const { stepping, currentNodes } = rows[0] ?? { stepping: null, currentNodes: null };
  const view = { status, currentNodes: currentNodes ?? [], stepping: stepping ?? mode === 'step' };
  return positionOf(view, mode);
}
