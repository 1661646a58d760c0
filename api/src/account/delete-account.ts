import { transaction } from '@crmflow/db';
import type { Pool } from 'pg';
import { endSessions } from './own-sessions.js';
import { passwordWrong } from './passwords.js';

/**
 * Marks an account as deleted, for good: nobody signs in, all its sockets end, and its address is
 * free at once. `removeAccount` does the rest: by the request that asked for it, or by the schedule
 * that finishes deletions.
 * @param passwordHash what the password was checked against
 * @throws AppError `password_wrong` where it was changed since
 */
export async function markDeleted(
  pool: Pool,
  { userId, passwordHash }: { userId: string; passwordHash: string },
): Promise<void> {
  await transaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE "User" SET "deletingSince" = COALESCE("deletingSince", now()), email = id,
              name = '', personality = '', "updatedAt" = now()
        WHERE id = $1 AND "passwordHash" = $2`,
      [userId, passwordHash],
    );
    if (rowCount === 0) throw passwordWrong();
    await client.query('DELETE FROM "UserToken" WHERE "userId" = $1', [userId]);
    await client.query('DELETE FROM "ApiKey" WHERE "userId" = $1', [userId]);
    await endSessions(client, userId);
  });
}
