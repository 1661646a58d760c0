import type { Contact, Conversation, Page, UpdateContact } from '@crmflow/contracts';
import { request } from './request.js';
import { inWorkspace } from './workspace-id.js';

const path = (id: string, rest = '') => `/api/contacts/${encodeURIComponent(id)}${rest}`;

/** One page of contacts, those seen last first. @param params of the API: `q`, `tag` */
export function listContacts(
  params: Record<string, string>,
  cursor: string | null,
): Promise<Page<Contact>> {
  const query = new URLSearchParams({ limit: '50', ...params, ...(cursor !== null && { cursor }) });
  return request(inWorkspace(`/api/contacts?${query.toString()}`));
}

/** Adds a contact. */
export function createContact(contact: Partial<UpdateContact>): Promise<Contact> {
  return request(inWorkspace('/api/contacts'), { method: 'POST', body: contact });
}

/** One contact. */
export function readContact(id: string): Promise<Contact> {
  return request(path(id));
}

/** Changes a contact; what is left out stays. */
export function changeContact(id: string, change: Partial<UpdateContact>): Promise<Contact> {
  return request(path(id), { method: 'PATCH', body: change });
}

/** Erases a contact with all that was said. */
export function deleteContact(id: string): Promise<void> {
  return request(path(id), { method: 'DELETE' });
}

/** Makes one contact of two. @returns the one that stays, `intoId` */
export function mergeContact(id: string, intoId: string): Promise<Contact> {
  return request(path(id, '/merge'), { method: 'POST', body: { intoId } });
}

/** Undoes a merge into a contact. @returns the contact that is there again */
export function undoMerge(id: string, mergeId: string): Promise<Contact> {
  return request(path(id, '/unmerge'), { method: 'POST', body: { mergeId } });
}

/** One page of the conversations of a contact, the last message first. */
export function listContactConversations(
  id: string,
  cursor: string | null,
): Promise<Page<Conversation>> {
  const query = new URLSearchParams({ limit: '50', ...(cursor !== null && { cursor }) });
  return request(path(id, `/conversations?${query.toString()}`));
}
