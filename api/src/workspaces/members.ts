import { type ListQuery, type Member, type Page, type Role, roles } from '@crmflow/contracts';
import { transaction } from '@crmflow/db';
import type { Pool, PoolClient } from 'pg';
import { audit } from '../access/audit.js';
import { type Access, requireAlso } from '../access/authorize.js';
import { changeMembership } from '../access/memberships.js';
import { askOfClient } from '../ask.js';
import { AppError } from '../errors/app-error.js';
import { cursorParams, toPage } from '../http/cursor.js';

type Row = { userId: string; name: string; email: string; role: Role; createdAt: Date };

const columns = 'm."userId", u.name, u.email, m.role, m."createdAt"';

const toMember = ({ userId, name, email, role, createdAt }: Row): Member => ({
  id: userId,
  ...{ userId, name, email, role },
  createdAt: createdAt.toISOString(),
});

/** Who belongs to a workspace, those who joined last first. */
export async function listMembers(
  pool: Pool,
  workspaceId: string,
  { cursor, limit }: ListQuery,
): Promise<Page<Member>> {
  const { at, id } = cursorParams(cursor);
  const { rows } = await pool.query<Row>(
    `SELECT ${columns} FROM "Member" m JOIN "User" u ON u.id = m."userId"
      WHERE m."workspaceId" = $1
        AND ($2::timestamptz IS NULL OR (m."createdAt", m."userId") < ($2, $3))
      ORDER BY m."createdAt" DESC, m."userId" DESC LIMIT $4`,
    [workspaceId, at, id, limit + 1],
  );
  const position = ({ createdAt, userId }: Row) => ({ at: createdAt, id: userId });
  return toPage(rows, limit, position, toMember);
}

/** Keeps the members of a workspace from changes until the transaction ends. */
export const lockMembers = (client: PoolClient, workspaceId: string) =>
  client.query<{ personalOf: string | null }>(
    'SELECT "personalOf" FROM "Workspace" WHERE id = $1 FOR NO KEY UPDATE',
    [workspaceId],
  );

async function findMember(
  client: PoolClient,
  workspaceId: string,
  userId: string,
): Promise<Row & { owners: number }> {
  const { rows } = await client.query<Row & { owners: number }>(
    `SELECT ${columns}, (SELECT count(*)::int FROM "Member"
                          WHERE "workspaceId" = $1 AND role = 'owner') AS owners
       FROM "Member" m JOIN "User" u ON u.id = m."userId"
      WHERE m."workspaceId" = $1 AND m."userId" = $2`,
    [workspaceId, userId],
  );
  if (!rows[0]) throw new AppError('not_found', 'Member not found.');
  return rows[0];
}

/**
 * Looks whether somebody may stop to be what they are.
 * @throws AppError `not_found`, `last_owner`, `personal_workspace`
 */
async function requireReplaceable(
  client: PoolClient,
  workspaceId: string,
  userId: string,
): Promise<Row> {
  const { rows } = await lockMembers(client, workspaceId);
  const member = await findMember(client, workspaceId, userId);
  if (member.role === 'owner' && member.owners === 1) {
    const detail =
      'This is the only owner of the workspace. Make somebody else an owner first, or delete the workspace.';
    throw new AppError('last_owner', detail);
  }
  if (rows[0]?.personalOf === userId) {
    const detail = 'This is the personal workspace of this user, who stays its owner.';
    throw new AppError('personal_workspace', detail);
  }
  return member;
}

const asResource = ({ userId, name, email }: Row) => ({
  kind: 'member',
  id: userId,
  name: name || email,
});

/**
 * Gives a member another role. Where it is a lower one, what the member could do by the old one ends.
 * @throws AppError `not_found`, `last_owner`, `personal_workspace`
 */
export async function changeMember(
  pool: Pool,
  access: Access,
  userId: string,
  { role }: { role: Role },
): Promise<Member> {
  const { workspaceId } = access;
  return transaction(pool, async (client) => {
    await lockMembers(client, workspaceId);
    const before = await findMember(client, workspaceId, userId);
    if (before.role === role) return toMember(before);
    const isLower = roles.indexOf(role) > roles.indexOf(before.role);
    if (isLower) await requireReplaceable(client, workspaceId, userId);
    await changeMembership(client, { workspaceId, userId }, role);
    const changes = { from: before.role, to: role };
    const act = { action: 'member.change', resource: asResource(before), changes } as const;
    await audit(askOfClient(client), access, act);
    return toMember({ ...before, role });
  });
}

/**
 * Removes a member, or lets one leave: everybody may.
 * @throws AppError `not_found`, `forbidden`, `last_owner`, `personal_workspace`
 */
export async function removeMember(pool: Pool, access: Access, userId: string): Promise<void> {
  const { principal, workspaceId } = access;
  const leaves = principal.kind === 'user' && principal.userId === userId;
  if (!leaves) requireAlso(access, 'member.change');
  await transaction(pool, async (client) => {
    const member = await requireReplaceable(client, workspaceId, userId);
    await changeMembership(client, { workspaceId, userId }, null);
    const act = {
      action: 'member.remove',
      resource: asResource(member),
      changes: { role: member.role },
    } as const;
    await audit(askOfClient(client), access, act);
  });
}
