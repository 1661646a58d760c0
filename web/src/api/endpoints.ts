import type {
  CreateEndpoint,
  Endpoint,
  NewEndpoint,
  OutboundDelivery,
  Page,
  UpdateEndpoint,
} from '@crmflow/contracts';
import { request } from './request.js';

const path = (workspaceId: string, rest = '') =>
  `/api/workspaces/${encodeURIComponent(workspaceId)}/endpoints${rest}`;

const one = ({ workspaceId, id }: EndpointOf, rest = '') =>
  path(workspaceId, `/${encodeURIComponent(id)}${rest}`);

/** An endpoint of a workspace. */
export type EndpointOf = { workspaceId: string; id: string };

/** Where the events of a workspace are sent to; there are few. */
export const listEndpoints = (workspaceId: string) => request<Page<Endpoint>>(path(workspaceId));

/** Makes an endpoint; its secret is in the answer only. */
export function createEndpoint(workspaceId: string, body: CreateEndpoint): Promise<NewEndpoint> {
  return request(path(workspaceId), { method: 'POST', body });
}

/** Changes an endpoint: what is left out stays. */
export function updateEndpoint(endpoint: EndpointOf, body: UpdateEndpoint): Promise<Endpoint> {
  return request(one(endpoint), { method: 'PATCH', body });
}

/** Removes an endpoint with its deliveries. */
export function deleteEndpoint(endpoint: EndpointOf): Promise<void> {
  return request(one(endpoint), { method: 'DELETE' });
}

/** Gives an endpoint a new secret, which is in the answer only. */
export function rotateSecret(endpoint: EndpointOf): Promise<NewEndpoint> {
  return request(one(endpoint, '/rotate'), { method: 'POST' });
}

/** Sends a sample to an endpoint. */
export function testEndpoint(endpoint: EndpointOf): Promise<OutboundDelivery> {
  return request(one(endpoint, '/test'), { method: 'POST', body: {} });
}

/** The newest deliveries of an endpoint. */
export const listOutboundDeliveries = (endpoint: EndpointOf) =>
  request<Page<OutboundDelivery>>(one(endpoint, '/deliveries?limit=20'));

/** Sends an event again. */
export function resendDelivery(endpoint: EndpointOf, deliveryId: string): Promise<void> {
  return request(one(endpoint, `/deliveries/${deliveryId}/resend`), { method: 'POST' });
}
