import type { CreateSavedView, SavedView, UpdateSavedView } from '@crmflow/contracts';
import { request } from './request.js';
import { inWorkspace } from './workspace-id.js';

const path = (id: string) => `/api/saved-views/${encodeURIComponent(id)}`;

/** The views that the user has saved in this workspace, the oldest first. */
export async function listSavedViews(): Promise<SavedView[]> {
  return (await request<{ items: SavedView[] }>(inWorkspace('/api/saved-views'))).items;
}

/** Saves a view. */
export function createSavedView(view: CreateSavedView): Promise<SavedView> {
  return request(inWorkspace('/api/saved-views'), { method: 'POST', body: view });
}

/** Changes a view; what is left out stays. */
export function changeSavedView(id: string, change: UpdateSavedView): Promise<SavedView> {
  return request(path(id), { method: 'PATCH', body: change });
}

/** Deletes a view. */
export function deleteSavedView(id: string): Promise<void> {
  return request(path(id), { method: 'DELETE' });
}
