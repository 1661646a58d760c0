import type { SignedIn, User } from '@crmflow/contracts';
import { request } from './request.js';

/** What a sign-in form sends. */
export type Credentials = { email: string; password: string };

/** Opens an account and its first session. */
export async function register(
  account: Credentials & { name: string; invitation?: string },
): Promise<User> {
  return (await request<SignedIn>('/api/auth/register', { method: 'POST', body: account })).user;
}

/** Opens a session. */
export async function logIn(credentials: Credentials): Promise<User> {
  return (await request<SignedIn>('/api/auth/login', { method: 'POST', body: credentials })).user;
}

/** Ends the session. */
export async function logOut(): Promise<void> {
  await request<undefined>('/api/auth/logout', { method: 'POST' });
}

/** Who is signed in. */
export async function readMe(): Promise<User> {
  return (await request<{ user: User }>('/api/auth/me')).user;
}

/** Verifies an address by a mailed token. */
export async function verifyEmail(token: string): Promise<void> {
  await request<undefined>('/api/auth/verify-email', { method: 'POST', body: { token } });
}

/** Asks for a mail by which a password can be set. */
export async function askForPassword(email: string): Promise<void> {
  await request<unknown>('/api/auth/password-reset', { method: 'POST', body: { email } });
}

/** Sets a new password by a mailed token. */
export async function setPassword(token: string, password: string): Promise<void> {
  const body = { token, password };
  await request<undefined>('/api/auth/password-reset/confirm', { method: 'POST', body });
}
