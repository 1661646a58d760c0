import type { Invitation } from '@crmflow/contracts';
import type { Principal } from './principal.js';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { composeMail } from '../mail/compose-mail.js';
import { installationUrl } from '../mail/installation-url.js';
import { issueToken } from './tokens.js';

/**
 * Mails an invitation, by which its address (and no other) may open one account.
 * @throws AppError `email_taken`, `registration_closed`
 */
export async function invite(
  { db, pool, mailer, config }: Pick<Deps, 'db' | 'pool' | 'mailer' | 'config'>,
  { userId }: Principal,
  email: string,
): Promise<Invitation> {
  if (config.registration === 'closed') {
    throw new AppError('registration_closed', 'This installation takes no new accounts.');
  }
  if ((await db.user.count({ where: { email } })) > 0) {
    throw new AppError('email_taken', 'This e-mail address has an account already.');
  }
  const issued = await issueToken(pool, 'invitation', { userId, email });
  mailer.send(
    composeMail(email, {
      subject: 'You are invited to CRMFlow',
      intro: 'You are invited to open an account on a CRMFlow installation. Do so here:',
      link: `${installationUrl(config)}/register#invitation=${issued.token}&email=${encodeURIComponent(email)}`,
      outro: 'The link is good for seven days, once, and for this address only.',
    }),
  );
  return {
    id: issued.id,
    email,
    createdAt: issued.createdAt.toISOString(),
    expiresAt: issued.expiresAt.toISOString(),
  };
}
