import type { Pool, PoolClient } from 'pg';
import { hashOfToken, newToken } from '../secret-token.js';

/**
 * What mailed tokens are good for: for how many seconds, how many of one user at once, and whether
 * a new one ends those of before to its address. Anyone can ask for a password reset, so that its
 * tokens stay good beside each other.
 */
const purposes = {
  'verify-email': { seconds: 24 * 3600, atOnce: 5, replaces: true },
  'password-reset': { seconds: 3600, atOnce: 10, replaces: false },
  invitation: { seconds: 7 * 24 * 3600, atOnce: 100, replaces: true },
} as const;

/** What a mailed token is good for. */
export type TokenPurpose = keyof typeof purposes;

/** Whose token it was, and the address that it was mailed to. */
export type TokenOwner = { userId: string; email: string };

/** A token as it was made: `token` is told once, `id` is what is stored. */
export type IssuedToken = { token: string; id: string; createdAt: Date; expiresAt: Date };

/**
 * Makes a token.
 * @returns null where the user has as many of its purpose as there may be
 */
export async function issueToken(
  pool: Pool,
  purpose: TokenPurpose,
  { userId, email }: TokenOwner,
): Promise<IssuedToken | null> {
  const { seconds, atOnce, replaces } = purposes[purpose];
  const token = newToken();
  const id = hashOfToken(token);
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + seconds * 1000);
  const { rowCount } = await pool.query(
    `WITH earlier AS (
       DELETE FROM "UserToken" WHERE $7 AND "userId" = $2 AND purpose = $3 AND email = $4)
     INSERT INTO "UserToken" (id, "userId", purpose, email, "createdAt", "expiresAt")
     SELECT $1, $2, $3, $4, $5, $6
      WHERE $8 > (SELECT count(*) FROM "UserToken"
                   WHERE "userId" = $2 AND purpose = $3 AND "expiresAt" > now()
                     AND NOT ($7 AND email = $4))`,
    [id, userId, purpose, email, createdAt, expiresAt, replaces, atOnce],
  );
  return rowCount === 0 ? null : { token, id, createdAt, expiresAt };
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
    [hashOfToken(token), purpose],
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
    [hashOfToken(token), purpose],
  );
  return rows[0] ?? null;
}

/** Ends all links that would set another password, once one was set. */
export async function endResetLinks(client: PoolClient, userId: string): Promise<void> {
  await client.query(`DELETE FROM "UserToken" WHERE "userId" = $1 AND purpose = 'password-reset'`, [
    userId,
  ]);
}
