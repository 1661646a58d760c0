import {
  loginSchema,
  meSchema,
  registerSchema,
  signedInSchema,
  type SignedIn,
  updateProfileSchema,
} from '@crmflow/contracts';
import type { Request } from 'express';
import { accountRoutes, attemptOf, inBackground } from './account-routes.js';
import { sendVerification } from './verify-email.js';
import type { Deps } from '../deps.js';
import { openRoute, type RouteAnswer, accountRoute, type Route } from '../http/route.js';
import { type Admitted, createAccounts } from './accounts.js';
import { createKnownBrowsers } from './known-browsers.js';
import { createPasswords } from './passwords.js';
import { createAccountLimits } from './limits.js';

/** `/api/auth/…`: accounts and their sessions. */
export function authRoutes(deps: Deps): Route[] {
  const { sessions, logger } = deps;
  const passwords = createPasswords();
  const accounts = createAccounts(deps, passwords);
  const limits = createAccountLimits(deps);
  const browsers = createKnownBrowsers(deps.config);

  async function signedIn(
    status: number,
    { user, passwordHash }: Admitted,
    { ip = '', headers }: Request,
  ): Promise<RouteAnswer> {
    const userAgent = (headers['user-agent'] ?? '').slice(0, 300);
    const token = await sessions.open({ id: user.id, passwordHash }, { ip, userAgent });
    const body: SignedIn = { user, token };
    const known = browsers.remember(headers.cookie, user.email);
    return { status, body, headers: { 'Set-Cookie': [sessions.cookie.set(token), known] } };
  }

  return [
    openRoute({
      method: 'post',
      path: '/api/auth/register',
      docs: {
        tag: 'Accounts',
        summary: 'Create an account',
        description:
          'Returns a session, sets it as a cookie, and emails a link that verifies the address. If registration requires an invitation, send the token of the invitation link as `invitation`; the first account of an installation needs none.',
        example: { email: 'ada@example.com', password: 'correct horse battery', name: 'Ada' },
        answers: { 201: signedInSchema },
        problems: [
          'registration_closed',
          'invitation_required',
          'invitation_invalid',
          'email_taken',
          'rate_limited',
        ],
      },
      limit: limits.registerByAddress,
      body: registerSchema,
      async handle({ body, request }) {
        await limits.registering(attemptOf(request, body.email, browsers));
        const admitted = await accounts.register(body);
        const { user } = admitted;
        if (!user.emailVerified)
          inBackground(logger, 'Emailing a link failed', () => sendVerification(deps, user));
        return signedIn(201, admitted, request);
      },
    }),
    openRoute({
      method: 'post',
      path: '/api/auth/login',
      docs: {
        tag: 'Accounts',
        summary: 'Sign in',
        description:
          'Returns a session and sets it as a cookie. A session expires after seven days without use.',
        answers: { 200: signedInSchema },
        problems: ['bad_credentials', 'rate_limited'],
      },
      limit: limits.signInByAddress,
      body: loginSchema,
      async handle({ body, request }) {
        const attempt = attemptOf(request, body.email, browsers);
        await limits.signingIn(attempt);
        const admitted = await accounts.signIn(body);
        await limits.signedIn(attempt);
        return signedIn(200, admitted, request);
      },
    }),
    accountRoute({
      method: 'post',
      path: '/api/auth/logout',
      docs: {
        tag: 'Accounts',
        summary: 'Sign out',
        description: 'Ends the current session and closes its sockets.',
        answers: { 204: null },
      },
      async handle({ principal }) {
        await sessions.close(principal);
        return { status: 204, headers: { 'Set-Cookie': sessions.cookie.clear() } };
      },
    }),
    accountRoute({
      method: 'get',
      path: '/api/auth/me',
      docs: { tag: 'Accounts', summary: 'Read your profile', answers: { 200: meSchema } },
      handle: async ({ principal }) => ({
        status: 200,
        body: { user: await accounts.read(principal.userId) },
      }),
    }),
    accountRoute({
      method: 'patch',
      path: '/api/auth/me',
      docs: {
        tag: 'Accounts',
        summary: 'Update your profile',
        description: 'Fields that you leave out keep their value.',
        answers: { 200: meSchema },
      },
      body: updateProfileSchema,
      handle: async ({ principal, body }) => ({
        status: 200,
        body: { user: await accounts.update(principal.userId, body) },
      }),
    }),
    ...accountRoutes(deps, { passwords, limits, browsers }),
  ];
}
