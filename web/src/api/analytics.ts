import type { FlowAnalytics } from '@crmflow/contracts';
import { request } from './request.js';

/** What happened in the runs of a flow. @param params of the API, such as `from` and `version` */
export function readAnalytics(
  flowId: string,
  params: Record<string, string>,
): Promise<FlowAnalytics> {
  const query = new URLSearchParams(params).toString();
  return request(`/api/analytics/workflows/${encodeURIComponent(flowId)}?${query}`);
}
