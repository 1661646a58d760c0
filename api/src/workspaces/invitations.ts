import { randomUUID } from 'node:crypto';
import {
  limits,
  type ListQuery,
  type Page,
  type Role,
  type Workspace,
  type WorkspaceInvitation,
} from '@crmflow/contracts';
import { transaction } from '@crmflow/db';
import type { Pool } from 'pg';
import { audit } from '../access/audit.js';
import type { Access } from '../access/authorize.js';
import type { UserPrincipal } from '../access/principal.js';
import { askOfClient } from '../ask.js';
import { hashOfToken, newToken } from '../secret-token.js';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { cursorParams, toPage } from '../http/cursor.js';
import { composeMail } from '../mail/compose-mail.js';
import { installationUrl } from '../mail/installation-url.js';
import { lockMembers } from './members.js';
import { readWorkspace } from './workspaces.js';

const days = 7;

type Row = { id: string; email: string; role: Role; createdAt: Date; expiresAt: Date };

const toInvitation = ({ createdAt, expiresAt, ...row }: Row): WorkspaceInvitation => ({
  ...row,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
});

/** The open invitations of a workspace, the newest first. */
export async function listInvitations(
  pool: Pool,
  workspaceId: string,
  { cursor, limit }: ListQuery,
): Promise<Page<WorkspaceInvitation>> {
  const { at, id } = cursorParams(cursor);
  const { rows } = await pool.query<Row>(
    `SELECT id, email, role, "createdAt", "expiresAt" FROM "WorkspaceInvitation"
      WHERE "workspaceId" = $1 AND "expiresAt" > now()
        AND ($2::timestamptz IS NULL OR ("createdAt", id) < ($2, $3))
      ORDER BY "createdAt" DESC, id DESC LIMIT $4`,
    [workspaceId, at, id, limit + 1],
  );
  const position = ({ createdAt, id: last }: Row) => ({ at: createdAt, id: last });
  return toPage(rows, limit, position, toInvitation);
}

type Invited = { email: string; role: Role };

/**
 * Invites an address into a workspace. A newer invitation of the same address replaces an older one.
 * The link is told once, and mailed where mail is set up.
 * @throws AppError `already_member`, `members_full`
 */
export async function inviteMember(
  { pool, mailer, config }: Pick<Deps, 'pool' | 'mailer' | 'config'>,
  access: Access,
  { email, role }: Invited,
): Promise<WorkspaceInvitation & { token: string; link: string; mailed: boolean }> {
  const { workspaceId, principal } = access;
  const token = newToken();
  const { row, workspace } = await transaction(pool, async (client) => {
    await lockMembers(client, workspaceId);
    const { rows: found } = await client.query<{ isMember: boolean; places: number; name: string }>(
      `SELECT name,
              EXISTS (SELECT 1 FROM "Member" m JOIN "User" u ON u.id = m."userId"
                       WHERE m."workspaceId" = $1 AND u.email = $2) AS "isMember",
              (SELECT count(*)::int FROM "Member" WHERE "workspaceId" = $1)
                + (SELECT count(*)::int FROM "WorkspaceInvitation"
                    WHERE "workspaceId" = $1 AND email <> $2 AND "expiresAt" > now()) AS places
         FROM "Workspace" WHERE id = $1`,
      [workspaceId, email],
    );
    const [{ isMember, places, name } = { isMember: false, places: 0, name: '' }] = found;
    if (isMember) throw new AppError('already_member', `${email} is a member already.`);
    if (places >= limits.members) {
      const detail = `The workspace has ${limits.members} members and open invitations, which is the limit. Remove some first.`;
      throw new AppError('members_full', detail);
    }
    await client.query(
      'DELETE FROM "WorkspaceInvitation" WHERE "workspaceId" = $1 AND email = $2',
      [workspaceId, email],
    );
    const { rows } = await client.query<Row>(
      `INSERT INTO "WorkspaceInvitation"
         (id, hash, "workspaceId", email, role, "invitedBy", "expiresAt")
       VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7))
       RETURNING id, email, role, "createdAt", "expiresAt"`,
      [randomUUID(), hashOfToken(token), workspaceId, email, role, principal.userId, days],
    );
    const invitation = rows[0]!;
    const resource = { kind: 'invitation', id: invitation.id, name: email };
    const act = { action: 'invitation.create', resource, changes: { role } } as const;
    await audit(askOfClient(client), access, act);
    return { row: invitation, workspace: name };
  });
  const said = new URLSearchParams({ token, email, workspace });
  const link = `${installationUrl(config)}/invitation#${said.toString()}`;
  const mailed = config.smtpUrl !== undefined;
  if (mailed) {
    mailer.send(
      composeMail(email, {
        subject: `You are invited to ${workspace} on CRMFlow`,
        intro: `You have been invited to work in "${workspace}" on CRMFlow. Accept here:`,
        link,
        outro: `The link works once, for ${days} days, and only for this email address.`,
      }),
    );
  }
  return { ...toInvitation(row), token, link, mailed };
}

/** Ends an invitation. @throws AppError `not_found` */
export async function revokeInvitation(pool: Pool, access: Access, id: string): Promise<void> {
  await transaction(pool, async (client) => {
    const { rows } = await client.query<{ email: string }>(
      'DELETE FROM "WorkspaceInvitation" WHERE "workspaceId" = $1 AND id = $2 RETURNING email',
      [access.workspaceId, id],
    );
    if (!rows[0]) throw new AppError('not_found', 'Invitation not found.');
    const resource = { kind: 'invitation', id, name: rows[0].email };
    await audit(askOfClient(client), access, { action: 'invitation.revoke', resource });
  });
}

/**
 * Makes somebody a member by an invitation of their address. Of those who come at once with the same
 * token one gets in.
 * @throws AppError `invitation_invalid`
 */
export async function acceptInvitation(
  pool: Pool,
  { principal, requestId }: { principal: UserPrincipal; requestId: string },
  token: string,
): Promise<Workspace> {
  const { userId } = principal;
  return transaction(pool, async (client) => {
    const { rows } = await client.query<{ workspaceId: string; role: Role }>(
      `DELETE FROM "WorkspaceInvitation" i USING "User" u, "Workspace" w
        WHERE i.hash = $1 AND i."expiresAt" > now() AND u.id = $2 AND u.email = i.email
          AND w.id = i."workspaceId" AND w."deletingSince" IS NULL
       RETURNING i."workspaceId", i.role`,
      [hashOfToken(token), userId],
    );
    const [invited] = rows;
    if (!invited) {
      const detail =
        'This invitation has expired, was already used, or is for another email address. Ask for a new one.';
      throw new AppError('invitation_invalid', detail);
    }
    const { workspaceId, role } = invited;
    const access: Access = {
      ...{ principal, workspaceId, role, requestId, may: () => false },
    };
    const { rows: joined } = await client.query<{ name: string }>(
      `INSERT INTO "Member" ("workspaceId", "userId", role) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING
       RETURNING (SELECT coalesce(nullif(name, ''), email) FROM "User" WHERE id = $2) AS name`,
      [workspaceId, userId, role],
    );
    if (joined[0]) {
      const resource = { kind: 'member', id: userId, name: joined[0].name };
      const act = { action: 'member.join', resource, changes: { role } } as const;
      await audit(askOfClient(client), access, act);
    }
    return readWorkspace(client, access);
  });
}
