import type { User } from '@crmflow/contracts';
import { signal } from '@preact/signals';
import { logOut, readMe } from '../api/account.js';
import { asApiError } from '../api/as-api-error.js';
import { closeSocket } from '../realtime/socket.js';
import { clearLocalData } from '../storage.js';
import { forgetWorkspaces, loadWorkspaces } from './workspace.js';

/** Whether somebody is signed in, as far as the page knows. */
export type Session =
  | { state: 'unknown' }
  | { state: 'unreachable'; message: string }
  | { state: 'out'; ended?: true }
  | { state: 'in'; user: User };

/** The session of this page. */
export const session = signal<Session>({ state: 'unknown' });

/** Looks who is signed in. */
export async function findSession(): Promise<void> {
  try {
    const [user] = await Promise.all([readMe(), loadWorkspaces()]);
    session.value = { state: 'in', user };
  } catch (error) {
    const { code, message } = asApiError(error);
    session.value =
      code === 'unauthenticated' ? { state: 'out' } : { state: 'unreachable', message };
  }
}

/** Lets somebody in who has just signed in. @throws ApiError */
export async function enter(user: User): Promise<void> {
  await loadWorkspaces();
  session.value = { state: 'in', user };
}

/** The user's profile has changed. */
export function userChanged(user: User): void {
  session.value = { state: 'in', user };
}

/** The server no longer knows the session. What was typed stays on the device. */
function sessionEnded(): void {
  if (session.peek().state !== 'in') return;
  closeSocket();
  session.value = { state: 'out', ended: true };
}

/** Finds out whether the session still lives, after the server closed or refused the socket. */
export async function checkSession(): Promise<void> {
  try {
    // A role that was taken ends the socket as well.
    await Promise.all([readMe(), loadWorkspaces()]);
  } catch (error) {
    if (asApiError(error).code === 'unauthenticated') sessionEnded();
  }
}

const signOutHooks = new Set<() => Promise<void>>();

/** Runs a hook before somebody signs out, while the session is still valid. */
export function onSignOut(hook: () => Promise<void>): void {
  signOutHooks.add(hook);
}

/** Signs out, and leaves nothing of the user on the device. */
export async function signOut(): Promise<void> {
  await Promise.all([...signOutHooks].map((hook) => hook()));
  try {
    await logOut();
  } catch (error) {
    // Without an answer the session lives on, and saying otherwise would be a lie.
    if (asApiError(error).code !== 'unauthenticated') throw error;
  }
  await endSession();
}

/** Ends the session of this page, and leaves nothing of the user on the device. */
export async function endSession(): Promise<void> {
  closeSocket();
  await clearLocalData();
  forgetWorkspaces();
  session.value = { state: 'out' };
}
