import {
  loginSchema,
  meSchema,
  registerSchema,
  signedInSchema,
  type SignedIn,
  updateProfileSchema,
  type User,
} from '@crmflow/contracts';
import type { Request } from 'express';
import { accountRoutes, inBackground } from './account-routes.js';
import { sendVerification } from './verify-email.js';
import type { Deps } from '../deps.js';
import { openRoute, type RouteAnswer, route, type Route } from '../http/route.js';
import { createAccounts } from './accounts.js';
import { createPasswords } from './passwords.js';
import { createSignInLimits } from './limits.js';

/** `/api/auth/…`: accounts and their sessions. */
export function authRoutes(deps: Deps): Route[] {
  const { sessions, logger } = deps;
  const passwords = createPasswords();
  const accounts = createAccounts(deps, passwords);
  const limits = createSignInLimits(deps);

  async function signedIn(status: number, user: User, request: Request): Promise<RouteAnswer> {
    const token = await sessions.open(user.id, {
      ip: request.ip ?? '',
      userAgent: (request.get('user-agent') ?? '').slice(0, 300),
    });
    const body: SignedIn = { user, token };
    return { status, body, headers: { 'Set-Cookie': sessions.cookie(token).serialize() } };
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
      body: registerSchema,
      async handle({ body, request }) {
        await limits.registering(request.ip ?? '', body.email);
        const user = await accounts.register(body);
        if (!user.emailVerified)
          inBackground(logger, 'Emailing a link failed', () => sendVerification(deps, user));
        return signedIn(201, user, request);
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
      body: loginSchema,
      async handle({ body, request }) {
        await limits.signingIn(request.ip ?? '', body.email);
        const user = await accounts.signIn(body);
        await limits.signedIn(body.email);
        return signedIn(200, user, request);
      },
    }),
    route({
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
        return { status: 204, headers: { 'Set-Cookie': sessions.blankCookie().serialize() } };
      },
    }),
    route({
      method: 'get',
      path: '/api/auth/me',
      docs: { tag: 'Accounts', summary: 'Read your profile', answers: { 200: meSchema } },
      handle: async ({ principal }) => ({
        status: 200,
        body: { user: await accounts.read(principal.userId) },
      }),
    }),
    route({
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
    ...accountRoutes(deps, passwords),
  ];
}
