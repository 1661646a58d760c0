import type { ConfirmPasswordReset } from '@crmflow/contracts';
import { transaction } from '@crmflow/db';
import type { Pool } from 'pg';
import type { Passwords } from './passwords.js';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { composeMail } from '../mail/compose-mail.js';
import { installationUrl } from '../mail/installation-url.js';
import { endSessions } from './own-sessions.js';
import { consumeToken, findToken, issueToken } from './tokens.js';

/** Mails a link that sets a new password, where the address has an account. */
export async function sendPasswordReset(
  { db, pool, mailer, config }: Pick<Deps, 'db' | 'pool' | 'mailer' | 'config'>,
  email: string,
): Promise<void> {
  const user = await db.user.findFirst({
    where: { email, deletingSince: null },
    select: { id: true },
  });
  if (!user) return;
  const { token } = await issueToken(pool, 'password-reset', { userId: user.id, email });
  mailer.send(
    composeMail(email, {
      subject: 'Reset your CRMFlow password',
      intro:
        'We received a request to reset the password of your CRMFlow account. Set a new one here:',
      link: `${installationUrl(config)}/reset-password#token=${token}`,
      outro:
        'The link works once, for one hour. If you did not ask for it, you can ignore this email.',
    }),
  );
}

const invalid = () =>
  new AppError('token_invalid', 'This link has expired or was already used. Request a new one.');

/**
 * Sets a new password by a mailed token. All sessions of the account end; as the mail has arrived,
 * the address is verified.
 * @throws AppError `token_invalid`
 */
export async function confirmPasswordReset(
  { pool, passwords }: { pool: Pool; passwords: Passwords },
  { token, password }: ConfirmPasswordReset,
): Promise<void> {
  // Hashing costs a core, so made-up tokens are turned away before.
  if (!(await findToken(pool, 'password-reset', token))) throw invalid();
  const passwordHash = await passwords.hash(password);
  await transaction(pool, async (client) => {
    const owner = await consumeToken(client, 'password-reset', token);
    if (!owner) throw invalid();
    const { userId, email } = owner;
    const { rowCount } = await client.query(
      `UPDATE "User" SET "passwordHash" = $3, "updatedAt" = now(),
              "emailVerifiedAt" = COALESCE("emailVerifiedAt", now())
        WHERE id = $1 AND email = $2`,
      [userId, email, passwordHash],
    );
    if (rowCount === 0) throw invalid();
    await endSessions(client, userId);
  });
}
