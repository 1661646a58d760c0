import type { Page, Template } from '@crmflow/contracts';
import { request } from './request.js';
import { inWorkspace } from './workspace-id.js';

/** One page of the flows to start from. @param params of the API, such as `q` and `category` */
export function listTemplates(
  params: Record<string, string>,
  cursor: string | null,
): Promise<Page<Template>> {
  const query = new URLSearchParams({ limit: '24', ...params, ...(cursor !== null && { cursor }) });
  return request(inWorkspace(`/api/templates?${query.toString()}`));
}

/** One of them; `not_found` where there is none that one may see. */
export function readTemplate(id: string): Promise<Template> {
  return request(`/api/templates/${encodeURIComponent(id)}`);
}
