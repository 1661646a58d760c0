import {
  createEndpointSchema,
  endpointPageSchema,
  endpointSchema,
  listOutboundDeliveriesSchema,
  listQuerySchema,
  newEndpointSchema,
  outboundDeliveryPageSchema,
  outboundDeliverySchema,
  testEndpointSchema,
  updateEndpointSchema,
} from '@crmflow/contracts';
import { z } from 'zod';
import type { Deps } from '../deps.js';
import { idParams } from '../http/id-params.js';
import { type Route, route } from '../http/route.js';
import { createUserLimit } from '../rate-limits/user-limits.js';
import { listOutboundDeliveries, resend, sendTest } from './deliveries.js';
import {
  createEndpoint,
  deleteEndpoint,
  listEndpoints,
  rotateSecret,
  updateEndpoint,
} from './endpoints.js';

const endpointParams = idParams.extend({ endpointId: idParams.shape.id });
const deliveryParams = endpointParams.extend({ deliveryId: z.string().regex(/^\d{1,15}$/) });

/** `/api/workspaces/:id/endpoints`: where the events of a workspace are sent to. */
export function endpointRoutes(deps: Pick<Deps, 'pool' | 'config' | 'reads'>): Route[] {
  const { pool, reads } = deps;
  const all = '/api/workspaces/:id/endpoints';
  const one = `${all}/:endpointId`;
  const sending = createUserLimit(deps, 'send-event');
  return [
    route({
      method: 'get',
      path: all,
      right: 'endpoint.list',
      of: 'workspace',
      docs: {
        tag: 'Events',
        summary: 'List endpoints',
        description: 'Newest first.',
        answers: { 200: endpointPageSchema },
      },
      gate: reads,
      params: idParams,
      query: listQuerySchema,
      handle: async ({ access, query }) => ({
        status: 200,
        body: await listEndpoints(pool, access.workspaceId, query),
      }),
    }),
    route({
      method: 'post',
      path: all,
      right: 'endpoint.change',
      of: 'workspace',
      docs: {
        tag: 'Events',
        summary: 'Create an endpoint',
        description:
          'From then on, events of these types are sent to `url`, signed with `secret` as Standard Webhooks says. Any answer but 2xx is tried again for a day; 410 disables the endpoint. The secret is returned only once.',
        example: { url: 'https://hooks.example.com/crmflow', types: ['conversation.finished'] },
        answers: { 201: newEndpointSchema },
        problems: ['endpoints_full', 'egress_refused'],
      },
      limit: createUserLimit(deps, 'change-endpoint'),
      params: idParams,
      body: createEndpointSchema,
      handle: async ({ access, body }) => ({
        status: 201,
        body: await createEndpoint(deps, access, body),
      }),
    }),
    route({
      method: 'patch',
      path: one,
      right: 'endpoint.change',
      of: 'workspace',
      docs: {
        tag: 'Events',
        summary: 'Change an endpoint',
        description:
          'Fields that you leave out keep their value. While it is disabled, no events are kept for it; those that wait already stay. With another `url`, or enabled again, it is tried immediately.',
        example: { enabled: true },
        answers: { 200: endpointSchema },
        problems: ['egress_refused'],
      },
      limit: createUserLimit(deps, 'change-endpoint'),
      params: endpointParams,
      body: updateEndpointSchema,
      handle: async ({ access, params, body }) => ({
        status: 200,
        body: await updateEndpoint(deps, access, params.endpointId, body),
      }),
    }),
    route({
      method: 'delete',
      path: one,
      right: 'endpoint.change',
      of: 'workspace',
      docs: {
        tag: 'Events',
        summary: 'Delete an endpoint',
        description: 'Its deliveries are deleted too; what waits is not sent.',
        answers: { 204: null },
      },
      params: endpointParams,
      async handle({ access, params }) {
        await deleteEndpoint(pool, access, params.endpointId);
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: `${one}/rotate`,
      right: 'endpoint.change',
      of: 'workspace',
      docs: {
        tag: 'Events',
        summary: 'Replace the secret of an endpoint',
        description:
          'Returns a new secret, only once. For a day, events are signed with the previous one as well.',
        answers: { 200: newEndpointSchema },
      },
      params: endpointParams,
      handle: async ({ access, params }) => ({
        status: 200,
        body: await rotateSecret(deps, access, params.endpointId),
      }),
    }),
    route({
      method: 'post',
      path: `${one}/test`,
      right: 'endpoint.change',
      of: 'workspace',
      docs: {
        tag: 'Events',
        summary: 'Test an endpoint',
        description:
          'Sends a sample with `data.test`, once. What the endpoint answers is in its deliveries.',
        example: {},
        answers: { 202: outboundDeliverySchema },
        problems: ['endpoint_disabled'],
      },
      limit: sending,
      params: endpointParams,
      body: testEndpointSchema,
      handle: async ({ access, params, body }) => ({
        status: 202,
        body: await sendTest(pool, access.workspaceId, params.endpointId, body.type),
      }),
    }),
    route({
      method: 'get',
      path: `${one}/deliveries`,
      right: 'endpoint.list',
      of: 'workspace',
      docs: {
        tag: 'Events',
        summary: 'List the deliveries of an endpoint',
        description:
          'Newest first, with their attempts. They are kept for 30 days, and the newest 10,000 of those that are over.',
        answers: { 200: outboundDeliveryPageSchema },
      },
      gate: reads,
      params: endpointParams,
      query: listOutboundDeliveriesSchema,
      handle: async ({ access, params, query }) => ({
        status: 200,
        body: await listOutboundDeliveries(pool, access.workspaceId, params.endpointId, query),
      }),
    }),
    route({
      method: 'post',
      path: `${one}/deliveries/:deliveryId/resend`,
      right: 'endpoint.change',
      of: 'workspace',
      docs: {
        tag: 'Events',
        summary: 'Send an event again',
        description:
          'Sends the same event with the same `webhook-id`, with a new signature, and retries it like a new one. One that still waits is sent immediately.',
        answers: { 202: outboundDeliverySchema },
        problems: ['endpoint_disabled'],
      },
      limit: sending,
      params: deliveryParams,
      handle: async ({ access, params: { endpointId, deliveryId } }) => ({
        status: 202,
        body: await resend(pool, access.workspaceId, { endpointId, id: deliveryId }),
      }),
    }),
  ];
}
