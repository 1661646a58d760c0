import type { Page, Version, WorkflowResource, WorkflowSummary } from '@crmflow/contracts';
import { request } from './request.js';

/** One page of the signed-in user's flows, the newest change first. */
export function listWorkflows(cursor: string | null): Promise<Page<WorkflowSummary>> {
  const query = new URLSearchParams({ limit: '50', ...(cursor !== null && { cursor }) });
  return request(`/api/workflows?${query.toString()}`);
}

/** A flow with its graph. */
export function readWorkflow(id: string): Promise<WorkflowResource> {
  return request(`/api/workflows/${encodeURIComponent(id)}`);
}

/** Saves a new flow; the server says what is wrong with it. */
export function createWorkflow(flow: unknown): Promise<WorkflowResource> {
  return request('/api/workflows', { method: 'POST', body: flow });
}

/** What a PUT takes of a flow, with the revision that it was read at. */
export type SavedFlow = Pick<
  WorkflowResource,
  'name' | 'description' | 'nodes' | 'edges' | 'variables' | 'revision'
>;

/** Saves a flow; `stale_revision` where somebody else has saved meanwhile. */
export function replaceWorkflow(id: string, flow: SavedFlow): Promise<WorkflowResource> {
  return request(`/api/workflows/${encodeURIComponent(id)}`, { method: 'PUT', body: flow });
}

/** Publishes the draft; `flow_invalid` with the reasons where it cannot run. */
export function publishWorkflow(id: string): Promise<Version> {
  return request(`/api/workflows/${encodeURIComponent(id)}/publish`, { method: 'POST', body: {} });
}
