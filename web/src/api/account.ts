import type {
  ChangePassword,
  Page,
  SessionSummary,
  SignedIn,
  UpdateProfile,
  User,
} from '@crmflow/contracts';
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

/** Changes the profile. */
export async function updateMe(change: UpdateProfile): Promise<User> {
  return (await request<{ user: User }>('/api/auth/me', { method: 'PATCH', body: change })).user;
}

/** Has a mail sent by which the address is verified. */
export async function sendVerification(): Promise<void> {
  await request<unknown>('/api/auth/verify-email', { method: 'POST', body: {} });
}

/** Changes the password; all other sessions end. */
export async function changePassword(change: ChangePassword): Promise<void> {
  await request<unknown>('/api/auth/password', { method: 'POST', body: change });
}

/** Deletes the account with all that belongs to it. */
export async function deleteAccount(password: string): Promise<void> {
  await request<unknown>('/api/auth/me', { method: 'DELETE', body: { password } });
}

/** Where the user is signed in. */
export async function listSessions(): Promise<SessionSummary[]> {
  return (await request<Page<SessionSummary>>('/api/auth/sessions?limit=100')).items;
}

/** Signs out one session. */
export async function endSession(id: string): Promise<void> {
  await request<unknown>(`/api/auth/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });
}
