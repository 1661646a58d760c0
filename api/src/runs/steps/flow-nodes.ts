import type { FieldError } from '@crmflow/contracts';
import type { Pool } from 'pg';
import { AppError } from '../../errors/app-error.js';

/** The ids of the nodes of what a run executes. */
export async function nodeIdsOf(pool: Pool, runId: string): Promise<Set<string>> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT node->>'id' AS id
       FROM "Run" r JOIN "WorkflowVersion" v ON v.id = r."versionId",
            jsonb_array_elements(v.graph->'nodes') node
      WHERE r.id = $1`,
    [runId],
  );
  return new Set(rows.map(({ id }) => id));
}

/**
 * Lets only nodes pass that the flow has.
 * @param wanted the ids, each with its path in the request
 * @throws AppError `invalid` naming those that it has not
 */
export function requireNodes(
  known: ReadonlySet<string>,
  wanted: readonly { path: string; nodeId: string }[],
): void {
  const errors: FieldError[] = wanted
    .filter(({ nodeId }) => !known.has(nodeId))
    .map(({ path, nodeId }) => ({ path, message: `is not a node of this flow: "${nodeId}"` }));
  if (errors.length === 0) return;
  const detail = 'Some nodes are not in the flow of this run. See `errors` for each one.';
  throw new AppError('invalid', detail, { errors });
}

/** Pause points, each with its path in the request. */
export const asPausePoints = (path: string, nodeIds: readonly string[]) =>
  nodeIds.map((nodeId, index) => ({ path: `${path}[${index}]`, nodeId }));
