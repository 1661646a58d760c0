import { randomUUID } from 'node:crypto';
import {
  type ApiToken,
  apiTokenDays,
  type CreateApiToken,
  limits,
  type ListQuery,
  lowerRole,
  type Page,
  type Role,
} from '@crmflow/contracts';
import { transaction } from '@crmflow/db';
import type { Pool } from 'pg';
import { newApiToken } from '../access/api-tokens.js';
import { audit } from '../access/audit.js';
import type { Access } from '../access/authorize.js';
import { publishEnded } from '../access/memberships.js';
import { askOfClient } from '../ask.js';
import { hashOfToken } from '../secret-token.js';
import { AppError } from '../errors/app-error.js';
import { cursorParams, toPage } from '../http/cursor.js';
import { lockMembers } from './members.js';

type Row = {
  id: string;
  name: string;
  role: Role;
  last4: string;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
};

const columns = `id, name, role, last4, "userId" AS "createdBy", "createdAt", "expiresAt",
                 "lastUsedAt"`;

const toToken = ({ createdAt, expiresAt, lastUsedAt, ...row }: Row): ApiToken => ({
  ...row,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

/** The API tokens of a workspace, the newest first; those that expired are kept for a while. */
export async function listTokens(
  pool: Pool,
  workspaceId: string,
  { cursor, limit }: ListQuery,
): Promise<Page<ApiToken>> {
  const { at, id } = cursorParams(cursor);
  const { rows } = await pool.query<Row>(
    `SELECT ${columns} FROM "ApiToken"
      WHERE "workspaceId" = $1 AND ($2::timestamptz IS NULL OR ("createdAt", id) < ($2, $3))
      ORDER BY "createdAt" DESC, id DESC LIMIT $4`,
    [workspaceId, at, id, limit + 1],
  );
  const position = ({ createdAt, id: last }: Row) => ({ at: createdAt, id: last });
  return toPage(rows, limit, position, toToken);
}

const dayMs = 24 * 3600 * 1000;

function requireExpiry(at: Date): void {
  const ahead = (at.getTime() - Date.now()) / dayMs;
  if (ahead > 0 && ahead <= apiTokenDays.most) return;
  const message =
    ahead > 0 ? `must be at most ${apiTokenDays.most} days ahead` : 'must be in the future';
  const detail = `The time at which the token expires ${message}.`;
  throw new AppError('invalid', detail, { errors: [{ path: 'expiresAt', message }] });
}

/**
 * Makes an API token. It is told once; a hash of it is stored.
 * @throws AppError `forbidden` for a role above the maker's, `invalid` for a time that has passed or
 *   is too far ahead, `tokens_full`
 */
export async function createToken(
  pool: Pool,
  access: Access,
  { name, role, expiresAt }: CreateApiToken,
): Promise<ApiToken & { token: string }> {
  const { workspaceId, principal } = access;
  if (access.role === 'public' || lowerRole(access.role, role) !== role) {
    const detail = `Your role is ${access.role}. A token cannot have a higher one.`;
    throw new AppError('forbidden', detail);
  }
  if (expiresAt) requireExpiry(expiresAt);
  const token = newApiToken();
  const row = await transaction(pool, async (client) => {
    await lockMembers(client, workspaceId);
    const { rows } = await client.query<Row>(
      `INSERT INTO "ApiToken" (id, hash, "workspaceId", "userId", name, role, last4, "expiresAt")
       SELECT $1, $2, $3, $4, $5, $6, $7, coalesce($8, now() + make_interval(days => $9))
        WHERE $10 > (SELECT count(*) FROM "ApiToken" WHERE "workspaceId" = $3)
       RETURNING ${columns}`,
      [
        ...[randomUUID(), hashOfToken(token), workspaceId, principal.userId, name, role],
        ...[token.slice(-4), expiresAt ?? null, apiTokenDays.usual, limits.apiTokens],
      ],
    );
    const [made] = rows;
    if (!made) {
      const detail = `The workspace has ${limits.apiTokens} tokens, which is the limit. Revoke some first.`;
      throw new AppError('tokens_full', detail);
    }
    const resource = { kind: 'token', id: made.id, name };
    const changes = { role, expiresAt: made.expiresAt.toISOString() };
    await audit(askOfClient(client), access, { action: 'token.create', resource, changes });
    return made;
  });
  return { ...toToken(row), token };
}

/** Ends a token, and its sockets. @throws AppError `not_found` */
export async function revokeToken(pool: Pool, access: Access, id: string): Promise<void> {
  await transaction(pool, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      'DELETE FROM "ApiToken" WHERE "workspaceId" = $1 AND id = $2 RETURNING name',
      [access.workspaceId, id],
    );
    if (!rows[0]) throw new AppError('not_found', 'Token not found.');
    await publishEnded(client, [id]);
    const resource = { kind: 'token', id, name: rows[0].name };
    await audit(askOfClient(client), access, { action: 'token.revoke', resource });
  });
}
