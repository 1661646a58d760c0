import type { ChangePassword } from '@crmflow/contracts';
import { type Db, transaction } from '@crmflow/db';
import type { Pool } from 'pg';
import { type Passwords, requirePassword } from './passwords.js';
import type { Principal } from './principal.js';
import { endSessions } from './own-sessions.js';

/**
 * Changes a password. All other sessions end, with their sockets; the one that asks stays.
 * Links that would reset the password are good no more.
 * @throws AppError `password_wrong`
 */
export async function changePassword(
  deps: { db: Db; pool: Pool; passwords: Passwords },
  principal: Principal,
  { currentPassword, newPassword }: ChangePassword,
): Promise<void> {
  await requirePassword(deps, principal, currentPassword);
  const passwordHash = await deps.passwords.hash(newPassword);
  const { userId, sessionId } = principal;
  await transaction(deps.pool, async (client) => {
    await client.query('UPDATE "User" SET "passwordHash" = $2, "updatedAt" = now() WHERE id = $1', [
      userId,
      passwordHash,
    ]);
    await client.query(
      `DELETE FROM "UserToken" WHERE "userId" = $1 AND purpose = 'password-reset'`,
      [userId],
    );
    await endSessions(client, userId, { except: sessionId });
  });
}
