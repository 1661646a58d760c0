import { z } from 'zod';
import { outboundStatuses, outboundTypes } from '../kinds.js';
import { limits } from '../limits.js';
import { listQuerySchema, pageOf } from './list.js';

const outboundType = z.enum(outboundTypes);

const types = z
  .array(outboundType)
  .min(1, 'must name at least one')
  .max(outboundTypes.length, `must not be more than ${outboundTypes.length}`)
  .transform((list) => [...new Set(list)])
  .describe('The types of events that it receives.');

const url = z
  .string()
  .max(limits.urlLength, `must not have more than ${limits.urlLength} characters`)
  .refine((text) => URL.canParse(text), 'must be a URL')
  .describe('Where events are sent to, by https.');

/** Bytes of a secret, by Standard Webhooks. */
export const endpointSecretBytes = { least: 24, most: 64 };

/** The bytes of a secret. @returns undefined where it is none: `whsec_` and base64 */
function bytesOf(secret: string): number | undefined {
  const [, letters = '', padding = ''] = /^whsec_([A-Za-z0-9+/]+)(={0,2})$/.exec(secret) ?? [];
  const isBase64 = letters.length > 0 && (letters.length + padding.length) % 4 === 0;
  return isBase64 ? Math.floor((letters.length * 3) / 4) : undefined;
}

const secret = z
  .string()
  .max(100, 'must not have more than 100 characters')
  .refine((text) => {
    const bytes = bytesOf(text) ?? 0;
    return bytes >= endpointSecretBytes.least && bytes <= endpointSecretBytes.most;
  }, 'must be whsec_ and then base64 of 24 to 64 bytes');

/** Body of POST /api/workspaces/:id/endpoints. */
export const createEndpointSchema = z.strictObject({
  url,
  types,
  secret: secret
    .optional()
    .describe('What events are signed with, if you have one already. Made unless set.'),
});

/** What makes an endpoint. */
export type CreateEndpoint = z.output<typeof createEndpointSchema>;

/** Body of PATCH /api/workspaces/:id/endpoints/:endpointId: what is left out stays. */
export const updateEndpointSchema = z
  .strictObject({
    url,
    types,
    enabled: z.boolean().describe('Whether it receives events. While it does not, none are kept.'),
  })
  .partial();

/** What is changed of an endpoint. */
export type UpdateEndpoint = z.output<typeof updateEndpointSchema>;

/** An address of another system that hears of what happens in a workspace. */
export const endpointSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    types: z.array(outboundType),
    enabled: z.boolean(),
    disabledBecause: z
      .enum(['gone', 'failing'])
      .nullable()
      .describe(
        'Why it was disabled: `gone`, as it answered 410, or `failing`, as no attempt succeeded for days. Null if a member did.',
      ),
    failingSince: z.iso
      .datetime()
      .nullable()
      .describe('Since when each attempt has failed. Null if the newest succeeded.'),
    deliveredAt: z.iso.datetime().nullable().describe('When an attempt succeeded last.'),
    pending: z.int().describe('Events that are still to be delivered.'),
    secrets: z
      .array(
        z.object({
          last4: z.string(),
          createdAt: z.iso.datetime(),
          expiresAt: z.iso.datetime().nullable(),
        }),
      )
      .describe('What events are signed with, newest first. Two while one is being replaced.'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Endpoint' });

/** An endpoint of a workspace. Times are ISO 8601. */
export type Endpoint = z.output<typeof endpointSchema>;

/** Answer of GET /api/workspaces/:id/endpoints. */
export const endpointPageSchema = pageOf(endpointSchema);

/** Answer of POST /api/workspaces/:id/endpoints, and of replacing a secret. */
export const newEndpointSchema = endpointSchema
  .extend({ secret: z.string().describe('`whsec_…`. Returned only once.') })
  .meta({ id: 'NewEndpoint' });

/** An endpoint with its new secret. */
export type NewEndpoint = z.output<typeof newEndpointSchema>;

/** One attempt to deliver an event. */
export const deliveryAttemptSchema = z.object({
  at: z.iso.datetime(),
  status: z.int().nullable().describe('The HTTP status of the answer. Null if there was none.'),
  durationMs: z.int(),
  answer: z.string().describe('The beginning of the body of the answer.'),
  error: z.string().nullable().describe('What went wrong, if there was no answer.'),
});

/** One attempt to deliver an event. */
export type DeliveryAttempt = z.output<typeof deliveryAttemptSchema>;

/** One event on its way to one endpoint. */
export const outboundDeliverySchema = z
  .object({
    id: z.string(),
    eventId: z.string().describe('The `webhook-id`, the same at each attempt.'),
    type: outboundType,
    isTest: z.boolean(),
    status: z.enum(outboundStatuses),
    reason: z
      .enum(['exhausted', 'disabled', 'overflow'])
      .nullable()
      .describe(
        'Why it is undelivered: the last attempt failed, the endpoint was disabled, or too many events were waiting.',
      ),
    createdAt: z.iso.datetime(),
    nextAttemptAt: z.iso
      .datetime()
      .nullable()
      .describe('Null while it waits for those before it, and once nothing is to be attempted.'),
    attempts: z.array(deliveryAttemptSchema).describe('The newest 20, oldest first.'),
    body: z.string().describe('What is sent.'),
  })
  .meta({ id: 'OutboundDelivery' });

/** One event on its way to one endpoint. Times are ISO 8601. */
export type OutboundDelivery = z.output<typeof outboundDeliverySchema>;

/** Answer of GET /api/workspaces/:id/endpoints/:endpointId/deliveries. */
export const outboundDeliveryPageSchema = pageOf(outboundDeliverySchema);

/** Query of that. */
export const listOutboundDeliveriesSchema = listQuerySchema.extend({
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'is not valid. Send `nextCursor` of the previous page unchanged')
    .optional()
    .describe('`nextCursor` of the previous page.'),
  limit: z
    .string()
    .regex(/^\d{1,2}$/, 'must be a whole number from 1 to 50')
    .transform(Number)
    .pipe(z.int().min(1, 'must be 1 or more').max(50, 'must be 50 or less'))
    .default(20),
  status: z.enum(outboundStatuses).optional(),
});

/** Which deliveries of an endpoint. */
export type ListOutboundDeliveries = z.output<typeof listOutboundDeliveriesSchema>;

/** Body of POST /api/workspaces/:id/endpoints/:endpointId/test. */
export const testEndpointSchema = z.strictObject({
  type: outboundType.optional().describe('The first that the endpoint receives unless set.'),
});
