import type { AiModel, Key, Page, StoredKey } from '@crmflow/contracts';
import { request } from './request.js';
import { inWorkspace } from './workspace-id.js';

/** A key as it is typed in. */
export type TypedKey = { service: string; key: string; hosts: string[] };

/** All stored keys, without the secrets themselves. */
export async function listKeys(): Promise<Key[]> {
  return (await request<Page<Key>>(inWorkspace('/api/keys?limit=100'))).items;
}

/** Stores a key, in place of the one that its service has. */
export function storeKey({ service, key, hosts }: TypedKey): Promise<StoredKey> {
  const body = { service, key, ...(hosts.length > 0 && { hosts }) };
  return request(inWorkspace('/api/keys'), { method: 'POST', body });
}

/** Deletes the key of a service. */
export function deleteKey(service: string): Promise<void> {
  return request(inWorkspace(`/api/keys/${encodeURIComponent(service)}`), { method: 'DELETE' });
}

/** The models that the user's key opens, or that of the installation. */
export async function listModels(): Promise<AiModel[]> {
  return (await request<Page<AiModel>>(inWorkspace('/api/ai/models?limit=100'))).items;
}

/** Tries the key for Gemini. @returns how many models it opens */
export async function tryGeminiKey(): Promise<number> {
  return (await listModels()).length;
}
