import type { Page, RunSummary } from '@crmflow/contracts';
import { request } from '../../api/request.js';

/** The newest runs of a flow. @throws ApiError */
export async function newestRuns(flowId: string): Promise<RunSummary[]> {
  const query = new URLSearchParams({ workflowId: flowId, limit: '8' });
  return (await request<Page<RunSummary>>(`/api/runs?${query.toString()}`)).items;
}

/** Lets a failed run go on from the node that failed. @throws ApiError */
export async function retryRun(runId: string): Promise<void> {
  const path = `/api/runs/${encodeURIComponent(runId)}/retry`;
  await request(path, { method: 'POST', body: {} });
}
