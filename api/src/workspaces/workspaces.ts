import { randomUUID } from 'node:crypto';
import {
  limits,
  type ListQuery,
  type Page,
  type Role,
  type UpdateWorkspace,
  type Workspace,
  workspaceSettingsSchema,
} from '@crmflow/contracts';
import { publish, transaction } from '@crmflow/db';
import type { Pool, PoolClient } from 'pg';
import { audit } from '../access/audit.js';
import type { Access } from '../access/authorize.js';
import type { Principal, UserPrincipal } from '../access/principal.js';
import { askOfClient } from '../ask.js';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { cursorParams, toPage } from '../http/cursor.js';
import { requireZone } from '../http/require-zone.js';
import { removeLater } from './remove-later.js';

type Row = {
  id: string;
  name: string;
  role: Role;
  personalOf: string | null;
  memberCount: number;
  settings: unknown;
  createdAt: Date;
};

const columns = `
  w.id, w.name, m.role, w."personalOf", w.settings, w."createdAt",
  (SELECT count(*)::int FROM "Member" WHERE "workspaceId" = w.id) AS "memberCount"`;

const toWorkspace = (row: Row): Workspace => ({
  id: row.id,
  name: row.name,
  role: row.role,
  isPersonal: row.personalOf !== null,
  memberCount: row.memberCount,
  settings: workspaceSettingsSchema.parse(row.settings),
  createdAt: row.createdAt.toISOString(),
});

/** A workspace as the audit log names it. */
const asResource = ({ id, name }: { id: string; name: string }) => ({
  kind: 'workspace',
  id,
  name,
});

/** The workspaces of a user, the newest first; of an API token its own. */
export async function listWorkspaces(
  pool: Pool,
  principal: Principal,
  { cursor, limit }: ListQuery,
): Promise<Page<Workspace>> {
  const { at, id } = cursorParams(cursor);
  const only = principal.kind === 'token' ? principal.workspaceId : null;
  const { rows } = await pool.query<Row>(
    `SELECT ${columns} FROM "Member" m JOIN "Workspace" w ON w.id = m."workspaceId"
      WHERE m."userId" = $1 AND w."deletingSince" IS NULL AND w.id = coalesce($2, w.id)
        AND ($3::timestamptz IS NULL OR (w."createdAt", w.id) < ($3, $4))
      ORDER BY w."createdAt" DESC, w.id DESC LIMIT $5`,
    [principal.userId, only, at, id, limit + 1],
  );
  const role = ({ role: own }: Row) => (principal.kind === 'token' ? principal.role : own);
  return toPage(
    rows,
    limit,
    ({ createdAt, id: last }) => ({ at: createdAt, id: last }),
    (row) => toWorkspace({ ...row, role: role(row) }),
  );
}

/** @throws AppError `not_found` where it is gone */
export async function readWorkspace(
  pool: Pool | PoolClient,
  { principal, workspaceId, role }: Access,
): Promise<Workspace> {
  const { rows } = await pool.query<Row>(
    `SELECT ${columns} FROM "Workspace" w
       JOIN "Member" m ON m."workspaceId" = w.id AND m."userId" = $2
      WHERE w.id = $1`,
    [workspaceId, principal.userId],
  );
  if (!rows[0] || role === 'public') throw new AppError('not_found', 'Workspace not found.');
  return toWorkspace({ ...rows[0], role });
}

/**
 * Makes a workspace with its maker as the owner.
 * @throws AppError `workspaces_full`
 */
export async function createWorkspace(
  pool: Pool,
  { principal, requestId }: { principal: UserPrincipal; requestId: string },
  { name }: { name: string },
): Promise<Workspace> {
  const { userId } = principal;
  return transaction(pool, async (client) => {
    await client.query('SELECT FROM "User" WHERE id = $1 FOR NO KEY UPDATE', [userId]);
    const { rows } = await client.query<{ owned: number }>(
      `SELECT count(*)::int AS owned FROM "Member" m JOIN "Workspace" w ON w.id = m."workspaceId"
        WHERE m."userId" = $1 AND m.role = 'owner' AND w."personalOf" IS NULL
          AND w."deletingSince" IS NULL`,
      [userId],
    );
    if ((rows[0]?.owned ?? 0) >= limits.workspaces) {
      const detail = `You own ${limits.workspaces} workspaces, which is the limit. Delete one first.`;
      throw new AppError('workspaces_full', detail);
    }
    const id = randomUUID();
    await client.query('INSERT INTO "Workspace" (id, name) VALUES ($1, $2)', [id, name]);
    await client.query(
      `INSERT INTO "Member" ("workspaceId", "userId", role) VALUES ($1, $2, 'owner')`,
      [id, userId],
    );
    const access: Access = {
      ...{ principal, workspaceId: id, role: 'owner', requestId, may: () => true },
    };
    const act = { action: 'workspace.create', resource: asResource({ id, name }) } as const;
    await audit(askOfClient(client), access, act);
    return readWorkspace(client, access);
  });
}

/**
 * Changes name and settings; what is left out stays.
 * @throws AppError `invalid` for a time zone that there is not
 */
export async function updateWorkspace(
  pool: Pool,
  access: Access,
  { name, settings = {} }: UpdateWorkspace,
): Promise<Workspace> {
  const { workspaceId } = access;
  const { officeHours } = settings;
  if (officeHours) requireZone(officeHours.timezone, 'settings.officeHours.timezone');
  return transaction(pool, async (client) => {
    const changed = { ...(name !== undefined && { name }), ...settings };
    const { rows } = await client.query<{ name: string }>(
      `UPDATE "Workspace" SET name = coalesce($2, name), settings = settings || $3::jsonb,
              "updatedAt" = now()
        WHERE id = $1 RETURNING name`,
      [workspaceId, name ?? null, JSON.stringify(settings)],
    );
    const resource = asResource({ id: workspaceId, name: rows[0]?.name ?? '' });
    const act = { action: 'workspace.change', resource, changes: changed } as const;
    await audit(askOfClient(client), access, act);
    // Who may read less from now on is cut off as one who loses a role is.
    if (settings.viewersReadTranscripts === false) {
      await publish(client, { kind: 'role-changed', workspaceId });
    }
    return readWorkspace(client, access);
  });
}

/**
 * Deletes a workspace: nobody gets in from now on, and its sockets, tokens and keys end. What belongs
 * to it is removed in the background.
 * @throws AppError `personal_workspace`
 */
export async function deleteWorkspace(
  deps: Pick<Deps, 'pool' | 'temporal' | 'logger'>,
  { workspaceId, principal }: Access,
): Promise<void> {
  const { pool, logger } = deps;
  await transaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE "Workspace" SET "deletingSince" = coalesce("deletingSince", now())
        WHERE id = $1 AND "personalOf" IS NULL`,
      [workspaceId],
    );
    if (rowCount === 0) {
      const detail = 'A personal workspace goes with its account. Delete the account instead.';
      throw new AppError('personal_workspace', detail);
    }
    await client.query('DELETE FROM "ApiToken" WHERE "workspaceId" = $1', [workspaceId]);
    await client.query('DELETE FROM "ApiKey" WHERE "workspaceId" = $1', [workspaceId]);
    await publish(client, { kind: 'role-changed', workspaceId });
  });
  logger.info({ workspaceId, userId: principal.userId }, 'A workspace was deleted');
  removeLater(deps, workspaceId);
}
