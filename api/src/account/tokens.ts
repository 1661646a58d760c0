import { createHash, randomBytes } from 'node:crypto';
import type { Prisma } from '@crmflow/db';
import type { Pool, PoolClient } from 'pg';

/** What a mailed token is good for, and for how many seconds. */
export const tokenSeconds = {
  'verify-email': 24 * 3600,
  'password-reset': 3600,
  invitation: 7 * 24 * 3600,
} as const;

/** What a mailed token is good for. */
export type TokenPurpose = keyof typeof tokenSeconds;

/** Whose token it was, and the address that it was mailed to. */
export type TokenOwner = { userId: string; email: string };

/** A token as it was made: `token` is told once, `id` is what is stored. */
export type IssuedToken = { token: string; id: string; createdAt: Date; expiresAt: Date };

/** What is stored of a token, so that a leaked table is no key. */
export const tokenIdOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** Makes a token of 256 random bits; earlier ones of its purpose and address are good no more. */
export async function issueToken(
  pool: Pool,
  purpose: TokenPurpose,
  { userId, email }: TokenOwner,
): Promise<IssuedToken> {
  const token = randomBytes(32).toString('base64url');
  const id = tokenIdOf(token);
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + tokenSeconds[purpose] * 1000);
  await pool.query(
    `WITH earlier AS (
       DELETE FROM "UserToken" WHERE "userId" = $2 AND purpose = $3 AND email = $4)
     INSERT INTO "UserToken" (id, "userId", purpose, email, "createdAt", "expiresAt")
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, userId, purpose, email, createdAt, expiresAt],
  );
  return { token, id, createdAt, expiresAt };
}

/** Whose token it is, without using it up; null where it is good no more. */
export async function findToken(
  pool: Pool,
  purpose: TokenPurpose,
  token: string,
): Promise<TokenOwner | null> {
  const { rows } = await pool.query<TokenOwner>(
    `SELECT "userId", email FROM "UserToken"
      WHERE id = $1 AND purpose = $2 AND "expiresAt" > now()`,
    [tokenIdOf(token), purpose],
  );
  return rows[0] ?? null;
}

/** Uses a token up: of those who come at once, one gets its owner and the others null. */
export async function consumeToken(
  client: PoolClient,
  purpose: TokenPurpose,
  token: string,
): Promise<TokenOwner | null> {
  const { rows } = await client.query<TokenOwner>(
    `DELETE FROM "UserToken" WHERE id = $1 AND purpose = $2 AND "expiresAt" > now()
     RETURNING "userId", email`,
    [tokenIdOf(token), purpose],
  );
  return rows[0] ?? null;
}

/** The stored invitation of an address that a token stands for, if it is good. */
export const invitationOf = (token: string, email: string): Prisma.UserTokenWhereInput => ({
  id: tokenIdOf(token),
  purpose: 'invitation' satisfies TokenPurpose,
  email,
  expiresAt: { gt: new Date() },
});
