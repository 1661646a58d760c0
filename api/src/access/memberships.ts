import { hasRight, type Role } from '@crmflow/contracts';
import { publish } from '@crmflow/db';
import type { PoolClient } from 'pg';

/** In SQL: whether a user belongs to a workspace. @param workspace an expression for its id, as `user` */
export const isMemberSql = (workspace: string, user: string): string =>
  `EXISTS (SELECT FROM "Member" m WHERE m."workspaceId" = ${workspace} AND m."userId" = ${user})`;

/** So many ids fit into one message of the bus. */
const perMessage = 50;

/** Ends sessions and API tokens for every process that has sockets of them, when this commits. */
export async function publishEnded(client: PoolClient, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += perMessage) {
    await publish(client, { kind: 'session-ended', sessionIds: ids.slice(at, at + perMessage) });
  }
}

/** Unassigns the conversations of somebody who no longer answers: their customers wait for another. */
const giveUp = `
  UPDATE "Conversation"
     SET "assigneeId" = NULL, "heldBy" = nullif("heldBy", $2),
         "waitingSince" = CASE WHEN control = 'human' AND status <> 'closed'
                               THEN coalesce("waitingSince", now()) ELSE "waitingSince" END
   WHERE "workspaceId" = $1 AND "assigneeId" = $2`;

/**
 * Ends what somebody may do by a role that they are losing: their tokens and invitations, and the
 * sockets of both and their own, when the transaction commits. Conversations that they had are nobody's
 * where they may no longer answer.
 * @param to the role that they have from now on; null: they leave
 */
export async function changeMembership(
  client: PoolClient,
  { workspaceId, userId }: { workspaceId: string; userId: string },
  to: Role | null,
): Promise<void> {
  const member = [workspaceId, userId];
  // Only owners have tokens and invitations.
  if (to !== 'owner') {
    const { rows } = await client.query<{ id: string }>(
      'DELETE FROM "ApiToken" WHERE "workspaceId" = $1 AND "userId" = $2 RETURNING id',
      member,
    );
    await publishEnded(
      client,
      rows.map(({ id }) => id),
    );
    await client.query(
      'DELETE FROM "WorkspaceInvitation" WHERE "workspaceId" = $1 AND "invitedBy" = $2',
      member,
    );
  }
  await client.query(
    to === null
      ? 'DELETE FROM "Member" WHERE "workspaceId" = $1 AND "userId" = $2'
      : 'UPDATE "Member" SET role = $3 WHERE "workspaceId" = $1 AND "userId" = $2',
    to === null ? member : [...member, to],
  );
  if (to === null || !hasRight(to, 'conversation.answer')) await client.query(giveUp, member);
  await publish(client, { kind: 'role-changed', workspaceId, userId });
}
