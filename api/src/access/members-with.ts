import { hasRight, type Right, type Role } from '@crmflow/contracts';
import type { Ask } from '../ask.js';

/** A member, by what others call them. */
export type NamedMember = { id: string; name: string; email: string };

/**
 * The members of a workspace who have a right by their role alone, whatever its settings say.
 * @param userId only this one, where given
 */
export async function membersWith(
  ask: Ask,
  right: Right,
  { workspaceId, userId }: { workspaceId: string; userId?: string },
): Promise<NamedMember[]> {
  const rows = await ask<NamedMember & { role: Role }>(
    `SELECT m."userId" AS id, u.name, u.email, m.role
       FROM "Member" m JOIN "User" u ON u.id = m."userId"
      WHERE m."workspaceId" = $1 AND ($2::text IS NULL OR m."userId" = $2)`,
    [workspaceId, userId ?? null],
  );
  return rows.flatMap(({ role, ...member }) => (hasRight(role, right) ? [member] : []));
}
