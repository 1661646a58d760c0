import { randomUUID } from 'node:crypto';
import { type Json, limits, type StartRun } from '@crmflow/contracts';
import type { Db } from '@crmflow/db';
import type { Pool } from 'pg';
import { canonicalHash } from '../../canonical-hash.js';
import { AppError } from '../../errors/app-error.js';
import { askOfClient } from '../../ask.js';
import { usedUp } from '../../usage/budgets.js';
import { measure } from '../../usage/measure.js';
import { noSuchFlow, staleRevision } from '../flow-errors.js';
import type { FlowGraph } from '../flow-graph.js';
import { readFlow } from '../read-flow.js';

/** A version's id and its number (null: a kept draft). */
export type Version = { id: string; number: number | null };

async function readDraft(db: Db, workflowId: string, revision?: number): Promise<FlowGraph> {
  const flow = await readFlow(db, workflowId);
  if (!flow) throw noSuchFlow();
  if (revision !== undefined && revision !== flow.revision) throw staleRevision(flow.revision);
  const { nodes, edges, variables } = flow;
  return { nodes, edges, variables };
}

/** @throws AppError `flow_storage_full` */
async function requireRoom(pool: Pool, workflowId: string): Promise<void> {
  const { rows } = await pool.query<{ workspaceId: string }>(
    'SELECT "workspaceId" FROM "Workflow" WHERE id = $1',
    [workflowId],
  );
  if (!rows[0]) throw noSuchFlow();
  const { flowStorage } = await measure(askOfClient(pool), rows[0].workspaceId, ['flowStorage']);
  const limit = limits.flowStorageBytes;
  if (flowStorage >= limit) throw usedUp('flowStorage', limit);
}

/**
 * Keeps a flow's draft, as it is now, as a version without a number; the same content once.
 * @param revision that the draft must have; absent: any
 * @throws AppError `not_found`, `stale_revision`
 */
export async function keepDraft(
  db: Db,
  pool: Pool,
  workflowId: string,
  revision?: number,
): Promise<Version> {
  const graph = await readDraft(db, workflowId, revision);
  const hash = canonicalHash(graph as unknown as Json);
  const find = () =>
    pool.query<{ id: string }>(
      `SELECT id FROM "WorkflowVersion"
        WHERE "workflowId" = $1 AND "contentHash" = $2 AND number IS NULL`,
      [workflowId, hash],
    );
  let { rows } = await find();
  if (rows.length === 0) {
    await requireRoom(pool, workflowId);
    await pool.query(
      `INSERT INTO "WorkflowVersion" (id, "workflowId", "contentHash", graph)
       VALUES ($1, $2, $3, $4)
       ON CONFLICT ("workflowId", "contentHash") WHERE number IS NULL DO NOTHING`,
      [randomUUID(), workflowId, hash, JSON.stringify(graph)],
    );
    ({ rows } = await find());
  }
  const [row] = rows;
  // Pruned or deleted in the meantime: the second try stores it again, or finds the flow gone.
  if (!row) return keepDraft(db, pool, workflowId, revision);
  return { id: row.id, number: null };
}

/**
 * What a run is to execute: a published version, the newest one where none is named, or the draft
 * as it is now.
 * @throws AppError `no_version`, `stale_revision`; `invalid` for the revision of a published version
 */
export async function findVersion(
  deps: { db: Db; pool: Pool },
  workflowId: string,
  { version: wanted, revision }: Pick<StartRun, 'version' | 'revision'>,
): Promise<Version> {
  if (wanted === 'draft') return keepDraft(deps.db, deps.pool, workflowId, revision);
  if (revision !== undefined) {
    throw new AppError('invalid', 'Only a draft has a revision: send version "draft" with it.', {
      errors: [{ path: 'revision', message: 'needs version "draft"' }],
    });
  }
  const { rows } = await deps.pool.query<Version>(
    `SELECT id, number FROM "WorkflowVersion"
      WHERE "workflowId" = $1 AND number IS NOT NULL AND number = coalesce($2, number)
      ORDER BY number DESC LIMIT 1`,
    [workflowId, wanted],
  );
  const [version] = rows;
  if (version) return version;
  throw new AppError(
    'no_version',
    wanted === undefined
      ? 'The flow has not been published. Publish it, or run the draft with version: "draft".'
      : `The flow has no version ${wanted}. GET its versions for those that exist.`,
  );
}
