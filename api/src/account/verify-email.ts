import { transaction } from '@crmflow/db';
import type { Pool } from 'pg';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { composeMail } from '../mail/compose-mail.js';
import { installationUrl } from '../mail/installation-url.js';
import { consumeToken, issueToken } from './tokens.js';

/** Mails a link that verifies the address of an account. */
export async function sendVerification(
  { pool, mailer, config }: Pick<Deps, 'pool' | 'mailer' | 'config'>,
  user: { id: string; email: string },
): Promise<void> {
  const issued = await issueToken(pool, 'verify-email', { userId: user.id, email: user.email });
  if (!issued) return;
  mailer.send(
    composeMail(user.email, {
      subject: 'Verify your email address for CRMFlow',
      intro: 'A CRMFlow account was created with this email address. Verify the address here:',
      link: `${installationUrl(config)}/verify-email#token=${issued.token}`,
      outro: 'The link works for 24 hours. If this was not you, you can ignore this email.',
    }),
  );
}

/**
 * Notes that an address is its account's owner's.
 * @throws AppError `token_invalid` where the token was used, has expired, or was for an earlier address
 */
export async function confirmEmail(pool: Pool, token: string): Promise<void> {
  await transaction(pool, async (client) => {
    const owner = await consumeToken(client, 'verify-email', token);
    const { rowCount } = await client.query(
      `UPDATE "User" SET "emailVerifiedAt" = COALESCE("emailVerifiedAt", now()), "updatedAt" = now()
        WHERE id = $1 AND email = $2`,
      [owner?.userId ?? null, owner?.email ?? null],
    );
    if (rowCount === 1) return;
    const detail =
      'This link has expired or was already used. Request a new one in your account settings.';
    throw new AppError('token_invalid', detail);
  });
}
