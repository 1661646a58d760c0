import { randomUUID } from 'node:crypto';
import {
  type CreateSavedView,
  limits,
  type SavedView,
  type UpdateSavedView,
} from '@crmflow/contracts';
import { transaction } from '@crmflow/db';
import type { Pool } from 'pg';
import type { Access } from '../access/authorize.js';
import { isTaken } from '../errors/database.js';
import { AppError } from '../errors/app-error.js';
import { lockMembers } from '../workspaces/members.js';

type Row = Omit<SavedView, 'createdAt'> & { createdAt: Date };

const columns = 'id, name, filter, "createdAt"';

const toView = ({ createdAt, ...row }: Row): SavedView => ({
  ...row,
  createdAt: createdAt.toISOString(),
});

function nameTaken(error: unknown): unknown {
  if (!isTaken(error)) return error;
  const message = 'is already the name of another view. Choose another one';
  const detail = 'You already have a view with this name in this workspace.';
  return new AppError('name_taken', detail, { errors: [{ path: 'name', message }], cause: error });
}

/** The views that a member has saved in a workspace, the oldest first. */
export async function listSavedViews(
  pool: Pool,
  { workspaceId, principal }: Access,
): Promise<SavedView[]> {
  const { rows } = await pool.query<Row>(
    `SELECT ${columns} FROM "SavedView" WHERE "workspaceId" = $1 AND "userId" = $2
      ORDER BY "createdAt", id`,
    [workspaceId, principal.userId],
  );
  return rows.map(toView);
}

/** Saves a view. @throws AppError `views_full`, `name_taken` */
export async function createSavedView(
  pool: Pool,
  { workspaceId, principal: { userId } }: Access,
  { name, filter }: CreateSavedView,
): Promise<SavedView> {
  return transaction(pool, async (client) => {
    // Of two at once, only one may take the last place.
    await lockMembers(client, workspaceId);
    const { rows } = await client
      .query<Row>(
        `INSERT INTO "SavedView" (id, "workspaceId", "userId", name, filter)
         SELECT $1, $2, $3, $4, $5
          WHERE $6 > (SELECT count(*) FROM "SavedView" WHERE "workspaceId" = $2 AND "userId" = $3)
         RETURNING ${columns}`,
        [randomUUID(), workspaceId, userId, name, JSON.stringify(filter), limits.savedViews],
      )
      .catch((error: unknown) => {
        throw nameTaken(error);
      });
    const [made] = rows;
    if (made) return toView(made);
    const detail = `You have ${limits.savedViews} saved views in this workspace, which is the limit. Delete some first.`;
    throw new AppError('views_full', detail);
  });
}

/** Renames a view, or saves another filter under its name. @throws AppError `name_taken`, `not_found` */
export async function updateSavedView(
  pool: Pool,
  id: string,
  { name, filter }: UpdateSavedView,
): Promise<SavedView> {
  const { rows } = await pool
    .query<Row>(
      `UPDATE "SavedView" SET name = coalesce($2, name), filter = coalesce($3, filter)
        WHERE id = $1 RETURNING ${columns}`,
      [id, name ?? null, filter ? JSON.stringify(filter) : null],
    )
    .catch((error: unknown) => {
      throw nameTaken(error);
    });
  if (!rows[0]) throw new AppError('not_found', 'View not found.');
  return toView(rows[0]);
}

/** Deletes a view; the conversations that it shows stay. */
export async function deleteSavedView(pool: Pool, id: string): Promise<void> {
  await pool.query('DELETE FROM "SavedView" WHERE id = $1', [id]);
}
