import type { FlowCheck, FlowResource, FlowSummary, Page, Version } from '@crmflow/contracts';
import { ApiError } from './api-error.js';
import { request } from './request.js';
import { inWorkspace } from './workspace-id.js';

/** One page of the workspace's flows. @param params of the API, such as `q` and `sort` */
export function listFlows(
  params: Record<string, string>,
  cursor: string | null,
): Promise<Page<FlowSummary>> {
  const query = new URLSearchParams({ limit: '50', ...params, ...(cursor !== null && { cursor }) });
  return request(inWorkspace(`/api/workflows?${query.toString()}`));
}

/** A flow of the workspace as lists show it; undefined where it is in none or in another one. */
export async function readFlowSummary(id: string): Promise<FlowSummary | undefined> {
  const query = new URLSearchParams({ id, limit: '1' });
  const path = inWorkspace(`/api/workflows?${query.toString()}`);
  return (await request<Page<FlowSummary>>(path)).items[0];
}

/** A flow with its graph. */
export function loadFlow(id: string): Promise<FlowResource> {
  return request(`/api/workflows/${encodeURIComponent(id)}`);
}

/** Saves a new flow; the server says what is wrong with it. */
export function createFlow(flow: unknown): Promise<FlowResource> {
  return request(inWorkspace('/api/workflows'), { method: 'POST', body: flow });
}

/** What a PUT takes of a flow, with the revision that it was read at. */
export type SavedFlow = Pick<
  FlowResource,
  'name' | 'description' | 'nodes' | 'edges' | 'variables' | 'notes' | 'revision'
>;

/** Saves a flow; `stale_revision` where somebody else has saved meanwhile. */
export function saveFlow(id: string, flow: SavedFlow): Promise<FlowResource> {
  return request(`/api/workflows/${encodeURIComponent(id)}`, { method: 'PUT', body: flow });
}

/**
 * Publishes the draft at a revision.
 * @throws ApiError `stale_revision` where the draft has another one by now; `flow_invalid` with the
 *   reasons where it cannot run
 */
export function publishFlow(id: string, revision: number, override?: string): Promise<Version> {
  const path = `/api/workflows/${encodeURIComponent(id)}/publish`;
  return request(path, { method: 'POST', body: { revision, override } });
}

/** Which of some hosts, each with its port, the installation lets no flow call. */
export async function refusedHosts(id: string, hosts: readonly string[]): Promise<string[]> {
  const nodes = hosts.map((host, index) => ({
    ...{ id: String(index), type: 'integration', label: '', position: { x: 0, y: 0 } },
    data: { kind: 'http', url: `http://${host}/` },
  }));
  const path = `/api/workflows/${encodeURIComponent(id)}/validate`;
  const { problems } = await request<FlowCheck>(path, { method: 'POST', body: { nodes } });
  return problems.flatMap(({ reason, params: { host } }) =>
    reason === 'host_refused' && typeof host === 'string' ? [host] : [],
  );
}

/** Copies a flow, or a template, into the workspace. */
export function cloneFlow(id: string): Promise<FlowResource> {
  const path = `/api/workflows/${encodeURIComponent(id)}/clone`;
  return request(inWorkspace(path), { method: 'POST', body: {} });
}

/** Deletes a flow. @param keepalive the page may go before the answer comes */
export function deleteFlow(id: string, { keepalive }: { keepalive: boolean }): Promise<void> {
  return request(`/api/workflows/${encodeURIComponent(id)}`, { method: 'DELETE', keepalive });
}

/** Changes fields of a flow as it is now, whoever saved it last; its graph stays. */
export async function changeFlow(id: string, fields: Partial<FlowResource>): Promise<FlowResource> {
  const path = `/api/workflows/${encodeURIComponent(id)}`;
  const change = async () => {
    const flow = await loadFlow(id);
    return request<FlowResource>(path, { method: 'PUT', body: { ...flow, ...fields } });
  };
  return change().catch((error: unknown) => {
    if (error instanceof ApiError && error.code === 'stale_revision') return change();
    throw error;
  });
}
