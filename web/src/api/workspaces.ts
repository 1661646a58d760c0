import type {
  ApiToken,
  AuditEntry,
  Member,
  Page,
  Role,
  UpdateWorkspace,
  Workspace,
  WorkspaceInvitation,
} from '@crmflow/contracts';
import { all } from './all-pages.js';
import { request } from './request.js';

const path = (id: string, rest = '') => `/api/workspaces/${encodeURIComponent(id)}${rest}`;

/** An invitation just after it was made: its link is shown this once. */
export type NewInvitation = WorkspaceInvitation & { link: string; mailed: boolean };

/** A token just after it was made: it is shown this once. */
export type NewToken = ApiToken & { token: string };

/** The workspaces that the signed-in user belongs to. */
export const listWorkspaces = () => all<Workspace>('/api/workspaces');

/** Creates a workspace, which its creator owns. */
export function createWorkspace(name: string): Promise<Workspace> {
  return request('/api/workspaces', { method: 'POST', body: { name } });
}

/** Changes the name and the settings of a workspace; what is left out stays. */
export function changeWorkspace(id: string, change: UpdateWorkspace): Promise<Workspace> {
  return request(path(id), { method: 'PATCH', body: change });
}

/** Deletes a workspace with all that belongs to it. */
export function deleteWorkspace(id: string): Promise<void> {
  return request(path(id), { method: 'DELETE' });
}

/** Who belongs to a workspace. */
export const listMembers = (id: string) => all<Member>(path(id, '/members'));

const member = (id: string, userId: string) => path(id, `/members/${encodeURIComponent(userId)}`);

/** Gives a member another role. */
export function changeMember(id: string, userId: string, role: Role): Promise<Member> {
  return request(member(id, userId), { method: 'PATCH', body: { role } });
}

/** Takes somebody out of a workspace: another member, or oneself. */
export function removeMember(id: string, userId: string): Promise<void> {
  return request(member(id, userId), { method: 'DELETE' });
}

/** Invitations that nobody has accepted yet. */
export const listInvitations = (id: string) => all<WorkspaceInvitation>(path(id, '/invitations'));

/** Invites somebody; the link is in the answer only. */
export function inviteMember(
  id: string,
  invitation: { email: string; role: Role },
): Promise<NewInvitation> {
  return request(path(id, '/invitations'), { method: 'POST', body: invitation });
}

/** Takes an invitation back. */
export function revokeInvitation(id: string, invitationId: string): Promise<void> {
  return request(path(id, `/invitations/${encodeURIComponent(invitationId)}`), {
    method: 'DELETE',
  });
}

/** Joins the workspace that an invitation is for. */
export function acceptInvitation(token: string): Promise<Workspace> {
  return request('/api/invitations/accept', { method: 'POST', body: { token } });
}

/** The tokens by which scripts sign in to a workspace, without the tokens themselves. */
export const listTokens = (id: string) => all<ApiToken>(path(id, '/tokens'));

/** Makes a token, which is in the answer only. */
export function createToken(
  id: string,
  token: { name: string; role: Role; expiresAt?: string },
): Promise<NewToken> {
  return request(path(id, '/tokens'), { method: 'POST', body: token });
}

/** Makes a token useless, at once. */
export function revokeToken(id: string, tokenId: string): Promise<void> {
  return request(path(id, `/tokens/${encodeURIComponent(tokenId)}`), { method: 'DELETE' });
}

/** One page of who did what in a workspace, the newest first. @param params `actor`, `action` */
export function listAudit(
  id: string,
  params: Record<string, string>,
  cursor: string | null,
): Promise<Page<AuditEntry>> {
  const query = new URLSearchParams({ limit: '50', ...params, ...(cursor !== null && { cursor }) });
  return request(path(id, `/audit?${query.toString()}`));
}

/** Where those entries are as CSV. */
export function auditCsv(id: string, params: Record<string, string>): string {
  return path(id, `/audit?${new URLSearchParams({ ...params, format: 'csv' }).toString()}`);
}
