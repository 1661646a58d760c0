import type { Page, VersionSummary, VersionWithGraph, FlowResource } from '@crmflow/contracts';
import { request } from './request.js';

const path = (flowId: string, rest = '') =>
  `/api/workflows/${encodeURIComponent(flowId)}/versions${rest}`;

/** One page of the published versions of a flow, the newest first. */
export function listVersions(flowId: string, cursor: string | null): Promise<Page<VersionSummary>> {
  const query = new URLSearchParams({ limit: '50', ...(cursor !== null && { cursor }) });
  return request(path(flowId, `?${query.toString()}`));
}

/** A published version with its graph. */
export function readVersion(flowId: string, number: number): Promise<VersionWithGraph> {
  return request(path(flowId, `/${number}`));
}

/** Makes a version the draft again. @param revision that the draft is thought to have */
export function restoreVersion(
  flowId: string,
  number: number,
  revision: number,
): Promise<FlowResource> {
  return request(path(flowId, `/${number}/restore`), { method: 'POST', body: { revision } });
}
