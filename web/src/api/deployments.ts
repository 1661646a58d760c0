import type {
  CreateDeployment,
  Delivery,
  Deployment,
  DeploymentKind,
  Page,
  UpdateDeployment,
} from '@crmflow/contracts';
import { request } from './request.js';

const ofFlow = (flowId: string) => `/api/workflows/${encodeURIComponent(flowId)}/deployments`;
const path = (id: string) => `/api/deployments/${encodeURIComponent(id)}`;

/** One page of where a flow meets the world, the newest first. */
export function listDeployments(flowId: string, cursor: string | null): Promise<Page<Deployment>> {
  const query = new URLSearchParams({ limit: '50', ...(cursor !== null && { cursor }) });
  return request(`${ofFlow(flowId)}?${query.toString()}`);
}

/** Puts a flow before the world; `no_version` where nothing of it is published. */
export function createDeployment(
  flowId: string,
  deployment: Partial<CreateDeployment> & { kind: DeploymentKind },
): Promise<Deployment> {
  return request(ofFlow(flowId), { method: 'POST', body: deployment });
}

/** One deployment. */
export function readDeployment(id: string): Promise<Deployment> {
  return request(path(id));
}

/** Changes a deployment; what is left out stays. */
export function changeDeployment(id: string, change: UpdateDeployment): Promise<Deployment> {
  return request(path(id), { method: 'PATCH', body: change });
}

/** Deletes a deployment: nothing begins there any more. */
export function deleteDeployment(id: string): Promise<void> {
  return request(path(id), { method: 'DELETE' });
}

/** What services have sent to a webhook, the newest first. */
export function listDeliveries(id: string): Promise<Page<Delivery>> {
  return request(`${path(id)}/deliveries`);
}

/** Runs the draft with what was sent then. */
export function replayDelivery(id: string, n: number): Promise<{ runId: string }> {
  return request(`${path(id)}/deliveries/${n}/replay`, { method: 'POST' });
}
