import type {
  ChangeKnowledge,
  FoundKnowledge,
  KnowledgeDetail,
  KnowledgeItem,
  ManualEntry,
  Page,
} from '@crmflow/contracts';
import { request } from './request.js';
import { inWorkspace } from './workspace-id.js';

const path = (id: string) => `/api/knowledge/${encodeURIComponent(id)}`;

/** One page of what ai nodes may look up, the newest first. */
export function listKnowledge(cursor: string | null): Promise<Page<KnowledgeItem>> {
  const query = new URLSearchParams({ limit: '50', ...(cursor !== null && { cursor }) });
  return request(inWorkspace(`/api/knowledge?${query.toString()}`));
}

/** An item with its passages from an index on. */
export function readKnowledge(id: string, from = 0): Promise<KnowledgeDetail> {
  return request(`${path(id)}?from=${from}`);
}

/** Uploads a PDF; it is read afterwards. */
export function uploadPdf(file: File): Promise<KnowledgeItem> {
  const body = new FormData();
  body.set('file', file);
  return request(inWorkspace('/api/knowledge/pdf'), { method: 'POST', body });
}

/** Has a page of the web read. */
export function scrapePage(url: string): Promise<KnowledgeItem> {
  return request(inWorkspace('/api/knowledge/scrape'), { method: 'POST', body: { url } });
}

/** Keeps words that were typed in. */
export function writeEntry(entry: ManualEntry): Promise<KnowledgeItem> {
  return request(inWorkspace('/api/knowledge/manual'), { method: 'POST', body: entry });
}

/** Changes what an item is called, and whether and how it is found. */
export function changeKnowledge(id: string, change: ChangeKnowledge): Promise<KnowledgeItem> {
  return request(path(id), { method: 'PUT', body: change });
}

/** Has a page of the web read again; what was read before is found until then. */
export function refreshKnowledge(id: string): Promise<KnowledgeItem> {
  return request(`${path(id)}/refresh`, { method: 'POST', body: {} });
}

/** Deletes an item with what was read from it. */
export function deleteKnowledge(id: string): Promise<void> {
  return request(path(id), { method: 'DELETE' });
}

/** The passages that an ai node would be given for a question. */
export function searchKnowledge(query: string): Promise<FoundKnowledge> {
  return request(inWorkspace('/api/knowledge/search'), { method: 'POST', body: { query } });
}
