import type { Invitation } from '@crmflow/contracts';
import type { Prisma } from '@crmflow/db';
import type { UserPrincipal } from '../access/principal.js';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { composeMail } from '../mail/compose-mail.js';
import { installationUrl } from '../mail/installation-url.js';
import { hashOfToken } from '../secret-token.js';
import { issueToken } from './tokens.js';

/**
 * Mails an invitation, by which its address (and no other) may open one account. Who has an account
 * already is told so by that mail, and nobody else is.
 * @throws AppError `registration_closed`; `rate_limited` where somebody has a hundred open ones
 */
export async function invite(
  { db, pool, mailer, config }: Pick<Deps, 'db' | 'pool' | 'mailer' | 'config'>,
  { userId }: UserPrincipal,
  email: string,
): Promise<Invitation> {
  if (config.registration === 'closed') {
    throw new AppError(
      'registration_closed',
      'Registration is closed on this installation. Ask its administrator for an account.',
    );
  }
  const isMember = (await db.user.count({ where: { email } })) > 0;
  const issued = await issueToken(pool, 'invitation', { userId, email });
  if (!issued) {
    const detail = 'You have 100 open invitations, which is the limit. Wait until some expire.';
    throw new AppError('rate_limited', detail, { retryAfterSeconds: 24 * 3600 });
  }
  const url = installationUrl(config);
  const subject = 'You are invited to CRMFlow';
  const words = isMember
    ? {
        intro: 'You have been invited to CRMFlow, and you already have an account. Sign in here:',
        link: `${url}/`,
        outro: 'If you have forgotten your password, you can reset it there.',
      }
    : {
        intro: 'You have been invited to CRMFlow. Create your account here:',
        link: `${url}/register#invitation=${issued.token}&email=${encodeURIComponent(email)}`,
        outro: 'The link works once, for seven days, and only for this email address.',
      };
  mailer.send(composeMail(email, { subject, ...words }));
  return {
    id: issued.id,
    email,
    createdAt: issued.createdAt.toISOString(),
    expiresAt: issued.expiresAt.toISOString(),
  };
}

type Tables = Pick<Prisma.TransactionClient, 'userToken' | 'workspaceInvitation'>;

/** The invitations of an address that a token may stand for: to an account, or into a workspace. */
function invitationOf(token: string, email: string) {
  const hash = hashOfToken(token);
  const expiresAt = { gt: new Date() };
  return {
    toAccount: { id: hash, purpose: 'invitation', email, expiresAt },
    intoWorkspace: { hash, email, expiresAt },
  };
}

/** Whether a token invites an address. */
export async function isInvited(db: Tables, token: string, email: string): Promise<boolean> {
  const { toAccount, intoWorkspace } = invitationOf(token, email);
  return (
    (await db.userToken.count({ where: toAccount })) > 0 ||
    (await db.workspaceInvitation.count({ where: intoWorkspace })) > 0
  );
}

/**
 * Uses an invitation to open an account. One into a workspace stays good until it is accepted there.
 * @returns whether there was one
 */
export async function useInvitation(tx: Tables, token: string, email: string): Promise<boolean> {
  const { toAccount, intoWorkspace } = invitationOf(token, email);
  const { count } = await tx.userToken.deleteMany({ where: toAccount });
  return count > 0 || (await tx.workspaceInvitation.count({ where: intoWorkspace })) > 0;
}
