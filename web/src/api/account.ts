import type { SignedIn, User } from '@crmflow/contracts';
import { request } from './request.js';

/** What a sign-in form sends. */
export type Credentials = { email: string; password: string };

/** Opens an account and its first session. */
export async function register(account: Credentials & { name: string }): Promise<User> {
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
