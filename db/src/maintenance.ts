import { limits, workspaceSettingsSchema } from '@crmflow/contracts';
import type pg from 'pg';
import { deleteRows } from './delete-rows.js';
import { type ForgetRuns, removeRuns, runsAtOnce } from './run/remove-runs.js';

/** For workspaces that have not set how long their audit log is kept. */
const usualAuditDays = workspaceSettingsSchema.shape.auditDays.parse(undefined);

/** @returns how many sessions had expired */
export async function removeExpiredSessions(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query('DELETE FROM "Session" WHERE "expiresAt" <= now()');
  return rowCount ?? 0;
}

/** @returns how many counts of more than a month ago there were */
export async function removeOldTokenUse(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `DELETE FROM "TokenUse" WHERE day < (now() AT TIME ZONE 'UTC')::date - 31`,
  );
  return rowCount ?? 0;
}

/**
 * Removes what webhooks and schedules no longer keep: addresses of late answers that have expired, deliveries
 * that are older than their workspace keeps runs, and what became of times of long ago; and what endpoints no
 * longer keep, which is bounded by age and number.
 * @returns how many rows
 */
export function removeOldDeliveries(pool: pg.Pool): Promise<number> {
  return deleteRows(pool, [
    'DELETE FROM "HookResult" WHERE "expiresAt" <= now()',
    `DELETE FROM "ScheduleFiring"
      WHERE "createdAt" < now() - make_interval(days => ${limits.firingDays})
        AND state IN ('ended', 'failed', 'skipped', 'missed', 'refused')`,
    `DELETE FROM "HookDelivery" h USING "Deployment" d, "Workspace" w
      WHERE d.id = h."deploymentId" AND w.id = d."workspaceId"
        AND h.at < now() - make_interval(days => (w.settings->>'runDays')::int)`,
    // What endpoints were sent, and what waits for one that was paused for as long.
    `DELETE FROM "OutboundEvent" WHERE at < now() - make_interval(days => ${limits.deliveryDays})`,
    `DELETE FROM "EventDelivery" d USING "Endpoint" e
      WHERE d."endpointId" = e.id AND d.status <> 'pending' AND d.id <= (
        SELECT o.id FROM "EventDelivery" o
         WHERE o."endpointId" = e.id AND o.status <> 'pending'
         ORDER BY o.id DESC OFFSET ${limits.endedDeliveries} LIMIT 1)`,
    `DELETE FROM "EndpointSecret" WHERE "expiresAt" <= now()`,
  ]);
}

/**
 * Removes the drafts that were kept for test runs of which none is left. One of the last day
 * stays: its run may be about to start.
 * @returns how many
 */
export async function pruneDrafts(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    `DELETE FROM "WorkflowVersion" v
      WHERE v.number IS NULL AND v."createdAt" < now() - interval '1 day'
        AND NOT EXISTS (SELECT 1 FROM "Run" r WHERE r."versionId" = v.id)
        AND NOT EXISTS (SELECT 1 FROM "Run" r WHERE r."firstVersionId" = v.id)`,
  );
  return rowCount ?? 0;
}

/** The ids of workspaces that were deleted, and that are not quite gone yet. */
export async function deletedWorkspaces(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM "Workspace" WHERE "deletingSince" IS NOT NULL',
  );
  return rows.map(({ id }) => id);
}

/** What can be so many rows of a workspace, `$1`, that they are not deleted together with it. */
const manyRows = [
  `DELETE FROM "Conversation" WHERE id IN
     (SELECT id FROM "Conversation" WHERE "workspaceId" = $1 LIMIT 100)`,
  `DELETE FROM "VisitorToken" WHERE id IN
     (SELECT t.id FROM "VisitorToken" t
        JOIN "Deployment" d ON d.id = t."deploymentId"
        JOIN "Workflow" w ON w.id = d."workflowId"
       WHERE w."workspaceId" = $1 LIMIT 5000)`,
  `DELETE FROM "ContactIdentity" WHERE id IN
     (SELECT id FROM "ContactIdentity" WHERE "workspaceId" = $1 LIMIT 5000)`,
  `DELETE FROM "Contact" WHERE id IN
     (SELECT id FROM "Contact" WHERE "workspaceId" = $1 LIMIT 5000)`,
];

/**
 * Removes a workspace that was marked as deleted, with all that belongs to it: its runs from
 * Temporal and the database, then everything else. Safe to repeat, to break off anywhere, and to run
 * twice at once.
 * @param forgetRuns removes runs from Temporal
 * @param onBatch called after each batch of rows
 * @throws what `forgetRuns` throws, or when the database does not answer; what is removed stays so
 */
export async function removeWorkspace(
  pool: pg.Pool,
  workspaceId: string,
  forgetRuns: ForgetRuns,
  onBatch: () => void = () => undefined,
): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM "Run" WHERE "workspaceId" = $1 ORDER BY "startedAt" LIMIT $2',
      [workspaceId, runsAtOnce],
    );
    if (rows.length === 0) break;
    const ids = rows.map(({ id }) => id);
    await forgetRuns(ids);
    await removeRuns(pool, ids, onBatch);
  }
  for (const statement of manyRows) {
    while ((await pool.query(statement, [workspaceId])).rowCount) onBatch();
  }
  await pool.query('DELETE FROM "Workspace" WHERE id = $1 AND "deletingSince" IS NOT NULL', [
    workspaceId,
  ]);
}

/** Removes accounts that were marked as deleted. @returns how many */
export async function removeDeletedAccounts(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query('DELETE FROM "User" WHERE "deletingSince" IS NOT NULL');
  return rowCount ?? 0;
}

/**
 * Removes what is past its time of workspaces: invitations and tokens that have expired, entries of
 * audit logs that are older than the workspace keeps them, and what undoing a merge of contacts takes.
 * @returns how many rows
 */
export function removeExpiredAccess(pool: pg.Pool): Promise<number> {
  return deleteRows(pool, [
    'DELETE FROM "WorkspaceInvitation" WHERE "expiresAt" <= now()',
    `DELETE FROM "ApiToken" WHERE "expiresAt" <= now() - interval '30 days'`,
    `DELETE FROM "ContactMerge" WHERE at <= now() - make_interval(days => ${limits.mergeDays})`,
    `DELETE FROM "AuditEntry" a USING "Workspace" w
      WHERE w.id = a."workspaceId" AND a.at < now() - make_interval(
        days => greatest(30, coalesce((w.settings->>'auditDays')::int, ${usualAuditDays})))`,
  ]);
}
