import type { ConfirmPasswordReset } from '@crmflow/contracts';
import { transaction } from '@crmflow/db';
import type { Pool } from 'pg';
import type { Passwords } from './passwords.js';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { composeMail } from '../mail/compose-mail.js';
import { installationUrl } from '../mail/installation-url.js';
import { endSessions } from './own-sessions.js';
import { consumeToken, endResetLinks, findToken, issueToken } from './tokens.js';

/**
 * Mails a link that sets a new password, where the address has an account. Ten links may be open
 * at once; beyond, the owner has enough of them in the mailbox.
 */
export async function sendPasswordReset(
  { db, pool, mailer, config }: Pick<Deps, 'db' | 'pool' | 'mailer' | 'config'>,
  email: string,
): Promise<void> {
  const user = await db.user.findFirst({
    where: { email, deletingSince: null },
    select: { id: true },
  });
  if (!user) return;
  const issued = await issueToken(pool, 'password-reset', { userId: user.id, email });
  if (!issued) return;
  mailer.send(
    composeMail(email, {
      subject: 'Reset your CRMFlow password',
      intro:
        'We received a request to reset the password of your CRMFlow account. Set a new one here:',
      link: `${installationUrl(config)}/reset-password#token=${issued.token}`,
      outro:
        'The link works once, for one hour. If you did not ask for it, you can ignore this email.',
    }),
  );
}

const invalid = () =>
  new AppError('token_invalid', 'This link has expired or was already used. Request a new one.');

/**
 * Sets a new password by a mailed token. All sessions of the account and its other links end; as the
 * mail has arrived, the address is verified.
 * @returns the address
 * @throws AppError `token_invalid`
 */
export async function confirmPasswordReset(
  { pool, passwords }: { pool: Pool; passwords: Passwords },
  { token, password }: ConfirmPasswordReset,
): Promise<string> {
  // Hashing costs a core, so made-up tokens are turned away before.
  const found = await findToken(pool, 'password-reset', token);
  if (!found) throw invalid();
  const passwordHash = await passwords.hash(password);
  const { userId, email } = found;
  await transaction(pool, async (client) => {
    // Locks the account first: of two links that are used at once the second finds itself ended.
    const { rowCount } = await client.query(
      `UPDATE "User" SET "passwordHash" = $3, "updatedAt" = now(),
              "emailVerifiedAt" = COALESCE("emailVerifiedAt", now())
        WHERE id = $1 AND email = $2 AND "deletingSince" IS NULL`,
      [userId, email, passwordHash],
    );
    if (rowCount === 0 || !(await consumeToken(client, 'password-reset', token))) throw invalid();
    await endResetLinks(client, userId);
    await endSessions(client, userId);
  });
  return email;
}
