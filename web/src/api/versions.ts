import type { Page, VersionSummary, VersionWithGraph, FlowResource } from '@crmflow/contracts';
import { request } from './request.js';

const path = (workflowId: string, rest = '') =>
  `/api/workflows/${encodeURIComponent(workflowId)}/versions${rest}`;

/** One page of the published versions of a flow, the newest first. */
export function listVersions(
  workflowId: string,
  cursor: string | null,
): Promise<Page<VersionSummary>> {
  const query = new URLSearchParams({ limit: '50', ...(cursor !== null && { cursor }) });
  return request(path(workflowId, `?${query.toString()}`));
}

/** A published version with its graph. */
export function readVersion(workflowId: string, number: number): Promise<VersionWithGraph> {
  return request(path(workflowId, `/${number}`));
}

/** Makes a version the draft again. @param revision that the draft is thought to have */
export function restoreVersion(
  workflowId: string,
  number: number,
  revision: number,
): Promise<FlowResource> {
  return request(path(workflowId, `/${number}/restore`), { method: 'POST', body: { revision } });
}
