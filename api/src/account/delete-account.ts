import { transaction } from '@crmflow/db';
import type { Pool, PoolClient } from 'pg';
import { changeMembership } from '../access/memberships.js';
import { AppError } from '../errors/app-error.js';
import { endSessions } from './own-sessions.js';
import { passwordWrong } from './passwords.js';

type Membership = {
  workspaceId: string;
  name: string;
  /** Whether anyone else is a member. */
  isShared: boolean;
  /** Whether others are left without an owner when this user leaves. */
  isStuck: boolean;
};

/**
 * The user's workspaces, kept from changes until the transaction ends.
 * @throws AppError `last_owner` where others would be left without an owner
 */
async function leavable(client: PoolClient, userId: string): Promise<Membership[]> {
  await client.query(
    `SELECT FROM "Workspace" WHERE id IN
       (SELECT "workspaceId" FROM "Member" WHERE "userId" = $1) ORDER BY id FOR NO KEY UPDATE`,
    [userId],
  );
  const { rows } = await client.query<Membership>(
    `SELECT w.id AS "workspaceId", w.name,
            count(other.*) > 0 AS "isShared",
            own.role = 'owner' AND count(other.*) > 0
              AND count(other.*) FILTER (WHERE other.role = 'owner') = 0 AS "isStuck"
       FROM "Member" own
       JOIN "Workspace" w ON w.id = own."workspaceId"
       LEFT JOIN "Member" other ON other."workspaceId" = w.id AND other."userId" <> $1
      WHERE own."userId" = $1 GROUP BY w.id, own.role`,
    [userId],
  );
  const stuck = rows.filter(({ isStuck }) => isStuck);
  if (stuck.length === 0) return rows;
  const names = stuck.map(({ name }) => `"${name}"`).join(', ');
  throw new AppError(
    'last_owner',
    `You are the only owner of ${names}, which others work in. Make one of them an owner, or delete the workspace, before you delete your account.`,
  );
}

/**
 * Marks an account as deleted, for good: nobody signs in, all its sockets end, and its address is
 * free at once. Workspaces that it has for itself are marked too; those with other owners stay
 * theirs. `removeWorkspace` and `removeDeletedAccounts` do the rest: by the request that asked for it, or by
 * the schedule that finishes deletions.
 * @param passwordHash what the password was checked against
 * @returns the ids of the workspaces to remove
 * @throws AppError `password_wrong` where it was changed since, `last_owner`
 */
export async function markDeleted(
  pool: Pool,
  { userId, passwordHash }: { userId: string; passwordHash: string },
): Promise<string[]> {
  return transaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE "User" SET "deletingSince" = COALESCE("deletingSince", now()), email = id,
              name = '', personality = '', "updatedAt" = now()
        WHERE id = $1 AND "passwordHash" = $2`,
      [userId, passwordHash],
    );
    if (rowCount === 0) throw passwordWrong();
    const memberships = await leavable(client, userId);
    const left = memberships.filter(({ isShared }) => !isShared).map((one) => one.workspaceId);
    for (const { workspaceId } of memberships) {
      await changeMembership(client, { workspaceId, userId }, null);
    }
    await client.query(
      `UPDATE "Workspace" SET "personalOf" = NULL, "updatedAt" = now() WHERE "personalOf" = $1`,
      [userId],
    );
    await client.query(
      'UPDATE "Workspace" SET "deletingSince" = coalesce("deletingSince", now()) WHERE id = ANY ($1)',
      [left],
    );
    await client.query('DELETE FROM "ApiKey" WHERE "workspaceId" = ANY ($1)', [left]);
    await client.query('DELETE FROM "UserToken" WHERE "userId" = $1', [userId]);
    await endSessions(client, userId);
    return left;
  });
}
