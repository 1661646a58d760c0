import type { ChangePassword } from '@crmflow/contracts';
import { type Db, transaction } from '@crmflow/db';
import type { Pool } from 'pg';
import { type Passwords, passwordWrong, requirePassword } from './passwords.js';
import type { UserPrincipal } from '../access/principal.js';
import { endSessions } from './own-sessions.js';
import { endResetLinks } from './tokens.js';

/**
 * Changes a password. All other sessions end, with their sockets; the one that asks stays.
 * Links that would reset the password are good no more.
 * @throws AppError `password_wrong`
 */
export async function changePassword(
  deps: { db: Db; pool: Pool; passwords: Passwords },
  principal: UserPrincipal,
  { currentPassword, newPassword }: ChangePassword,
): Promise<void> {
  const current = await requirePassword(deps, principal, currentPassword);
  const passwordHash = await deps.passwords.hash(newPassword);
  const { userId, sessionId } = principal;
  await transaction(deps.pool, async (client) => {
    // Hashing takes its time, in which a mailed link may have set another password.
    const { rowCount } = await client.query(
      `UPDATE "User" SET "passwordHash" = $2, "updatedAt" = now()
        WHERE id = $1 AND "passwordHash" = $3`,
      [userId, passwordHash, current],
    );
    if (rowCount === 0) throw passwordWrong();
    await endResetLinks(client, userId);
    await endSessions(client, userId, { except: sessionId });
  });
}
