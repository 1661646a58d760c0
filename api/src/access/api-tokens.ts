import type { Role } from '@crmflow/contracts';
import type { Pool } from 'pg';
import { hashOfToken, newToken } from '../secret-token.js';
import type { TokenPrincipal } from './principal.js';

/** What API tokens begin with, so that they are told from sessions, and found where they leak. */
export const apiTokenPrefix = 'crm_';

/** A new API token: told once. */
export const newApiToken = () => apiTokenPrefix + newToken();

type Row = {
  id: string;
  userId: string;
  workspaceId: string;
  role: Role;
  name: string;
  isUseNew: boolean;
};

/** Whose token it is, while it is valid; notes to the minute that it is used. */
export async function findApiToken(pool: Pool, token: string): Promise<TokenPrincipal | null> {
  const { rows } = await pool.query<Row>({
    name: 'find-api-token',
    text: `SELECT id, "userId", "workspaceId", role, name,
                  "lastUsedAt" IS NULL OR "lastUsedAt" < now() - interval '1 minute' AS "isUseNew"
             FROM "ApiToken" WHERE hash = $1 AND "expiresAt" > now()`,
    values: [hashOfToken(token)],
  });
  const [row] = rows;
  if (!row) return null;
  const { id, userId, workspaceId, role, name, isUseNew } = row;
  if (isUseNew) await pool.query('UPDATE "ApiToken" SET "lastUsedAt" = now() WHERE id = $1', [id]);
  return { kind: 'token', userId, sessionId: id, workspaceId, role, name };
}
