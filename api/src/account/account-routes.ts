import {
  changePasswordSchema,
  confirmPasswordResetSchema,
  deleteAccountSchema,
  invitationSchema,
  inviteSchema,
  listQuerySchema,
  mailAcceptedSchema,
  passwordResetSchema,
  sessionPageSchema,
  verifyEmailSchema,
} from '@crmflow/contracts';
import { removeDeletedAccounts, removeWorkspace, transaction } from '@crmflow/db';
import { forgetRuns } from '@crmflow/temporal-config';
import type { Request } from 'express';
import type { Logger } from 'pino';
import { type Passwords, requirePassword } from './passwords.js';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { idParams } from '../http/id-params.js';
import {
  openRoute,
  requirePrincipal,
  requireUser,
  accountRoute,
  type Route,
} from '../http/route.js';
import { createUserLimit } from '../rate-limits/user-limits.js';
import { changePassword } from './change-password.js';
import { markDeleted } from './delete-account.js';
import { endSessions, listSessions } from './own-sessions.js';
import { invite } from './invitations.js';
import type { AccountLimits, Attempt } from './limits.js';
import type { KnownBrowsers } from './known-browsers.js';
import { confirmPasswordReset, sendPasswordReset } from './reset-password.js';
import { confirmEmail, sendVerification } from './verify-email.js';

const accepted = { status: 202, body: { accepted: true } };
const done = { status: 204 };

/** Who tries something for an account, as limits count it. */
export function attemptOf(request: Request, email: string, browsers: KnownBrowsers): Attempt {
  return { email, ip: request.ip ?? '', browser: browsers.find(request.headers.cookie, email) };
}

/** Does what no answer waits for: nobody can tell by the time whether there was anything to do. */
export function inBackground(logger: Logger, what: string, work: () => Promise<unknown>): void {
  work().catch((error: unknown) => logger.error({ err: error }, `${what} failed`));
}

/** What the routes of accounts share. */
export type AccountParts = {
  passwords: Passwords;
  limits: AccountLimits;
  browsers: KnownBrowsers;
};

/** `/api/auth/…`: what people do with an account that they have, and how they get back into it. */
export function accountRoutes(deps: Deps, { passwords, limits, browsers }: AccountParts): Route[] {
  const { db, pool, sessions, logger } = deps;
  const own = { ...deps, passwords };
  const passwordLimit = createUserLimit(deps, 'password');
  const verifyLimit = createUserLimit(deps, 'verify-mail');
  return [
    accountRoute({
      method: 'delete',
      path: '/api/auth/me',
      docs: {
        tag: 'Accounts',
        summary: 'Delete your account',
        description:
          'Deletes your account and every workspace that only you work in, with its flows, runs and their transcripts, keys, and knowledge. Workspaces with another owner are kept; with `last_owner` you are told which ones would be left without one. Sessions and sockets end immediately, runs within moments.',
        answers: { 204: null },
        problems: ['password_wrong', 'last_owner', 'rate_limited'],
      },
      body: deleteAccountSchema,
      limit: passwordLimit,
      async handle({ principal, body }) {
        const { userId } = principal;
        const passwordHash = await requirePassword(own, principal, body.password);
        const workspaces = await markDeleted(pool, { userId, passwordHash });
        inBackground(logger, 'Removing an account failed; it will be retried', async () => {
          for (const id of workspaces) {
            await removeWorkspace(pool, id, (runIds) => forgetRuns(deps.temporal, runIds));
          }
          await removeDeletedAccounts(pool);
        });
        return { ...done, headers: { 'Set-Cookie': sessions.cookie.clear() } };
      },
    }),
    accountRoute({
      method: 'post',
      path: '/api/auth/password',
      docs: {
        tag: 'Accounts',
        summary: 'Change your password',
        description: 'Ends all other sessions and their sockets. The current session is kept.',
        answers: { 204: null },
        problems: ['password_wrong', 'rate_limited'],
      },
      body: changePasswordSchema,
      limit: passwordLimit,
      async handle({ principal, body }) {
        await changePassword(own, principal, body);
        return done;
      },
    }),
    accountRoute({
      method: 'get',
      path: '/api/auth/sessions',
      docs: {
        tag: 'Accounts',
        summary: 'List active sessions',
        description: 'Newest first.',
        answers: { 200: sessionPageSchema },
      },
      query: listQuerySchema,
      handle: async ({ principal, query }) => ({
        status: 200,
        body: await listSessions(db, principal, query),
      }),
    }),
    accountRoute({
      method: 'delete',
      path: '/api/auth/sessions/:id',
      docs: {
        tag: 'Accounts',
        summary: 'End a session',
        description: 'Signs the session out and closes its sockets.',
        answers: { 204: null },
      },
      params: idParams,
      async handle({ principal: { userId }, params: { id } }) {
        const ended = await transaction(pool, (client) => endSessions(client, userId, { id }));
        if (ended === 0) throw new AppError('not_found', 'Session not found.');
        return done;
      },
    }),
    openRoute({
      method: 'post',
      path: '/api/auth/verify-email',
      docs: {
        tag: 'Accounts',
        summary: 'Verify your email address',
        description:
          'With the `token` of an emailed link, verifies the address and answers 204; no session is needed. Without a token, emails a new link to the signed-in user and answers 202; no email is sent if the address is already verified. A link works once, for 24 hours, until a newer one is sent.',
        answers: { 204: null, 202: mailAcceptedSchema },
        problems: ['unauthenticated', 'foreign_origin', 'token_invalid', 'rate_limited'],
      },
      limit: limits.linkByAddress,
      body: verifyEmailSchema,
      async handle({ body: { token }, request }) {
        if (token !== undefined) {
          await confirmEmail(pool, token);
          return done;
        }
        const { userId: id } = requireUser(await requirePrincipal(request, deps.authenticate));
        await verifyLimit.consume(id);
        const user = await db.user.findUnique({ where: { id, emailVerifiedAt: null } });
        if (user) await sendVerification(deps, user);
        return accepted;
      },
    }),
    openRoute({
      method: 'post',
      path: '/api/auth/password-reset',
      docs: {
        tag: 'Accounts',
        summary: 'Request a password reset',
        description:
          'Emails a reset link if the address has an account. The response is the same if it has none. A link works for one hour, until a password is set. An account has at most ten links at once; then no other one is sent.',
        answers: { 202: mailAcceptedSchema },
        problems: ['rate_limited'],
      },
      limit: limits.resetByAddress,
      body: passwordResetSchema,
      async handle({ body: { email }, request }) {
        await limits.resetting(attemptOf(request, email, browsers));
        inBackground(logger, 'Emailing a link failed', () => sendPasswordReset(deps, email));
        return accepted;
      },
    }),
    openRoute({
      method: 'post',
      path: '/api/auth/password-reset/confirm',
      docs: {
        tag: 'Accounts',
        summary: 'Set a new password',
        description: 'Takes the `token` of an emailed link and ends all sessions of the account.',
        answers: { 204: null },
        problems: ['token_invalid', 'rate_limited'],
      },
      limit: limits.linkByAddress,
      body: confirmPasswordResetSchema,
      async handle({ body, request }) {
        const email = await confirmPasswordReset(own, body);
        // Whoever reads the mail of the account may sign in, however many others try.
        const known = browsers.remember(request.headers.cookie, email);
        return { ...done, headers: { 'Set-Cookie': known } };
      },
    }),
    accountRoute({
      method: 'post',
      path: '/api/auth/invitations',
      docs: {
        tag: 'Accounts',
        summary: 'Invite someone',
        description:
          'Emails a link that lets this address, and no other, create an account. The link works once, for seven days, until you send a newer one. Anyone with an account can invite, unless registration is closed. Whoever has an account already is told so by that email; the answer does not say it.',
        answers: { 201: invitationSchema },
        problems: ['registration_closed', 'rate_limited'],
      },
      body: inviteSchema,
      limit: createUserLimit(deps, 'invite'),
      handle: async ({ principal, body }) => ({
        status: 201,
        body: await invite(deps, principal, body.email),
      }),
    }),
  ];
}
