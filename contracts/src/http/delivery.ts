import { z } from 'zod';
import { jsonValueSchema } from '../json.js';
import { pageOf } from './list.js';

/** What a service has sent to a webhook, and what it was answered. */
export const deliverySchema = z
  .object({
    n: z.int().describe('Increases with each delivery. There can be gaps.'),
    at: z.iso.datetime(),
    method: z.string(),
    status: z
      .int()
      .nullable()
      .describe('The HTTP status of the answer; null while the sender waits for it.'),
    code: z.string().nullable().describe('The code of the error, if it was refused.'),
    detail: z.string().nullable().describe('What was wrong, if it was refused.'),
    runId: z.string().nullable(),
    key: z
      .string()
      .nullable()
      .describe('What identifies the delivery, after where that comes from: `webhook-id:msg_1`.'),
    isVerified: z
      .boolean()
      .describe(
        'Whether the sender was verified. Of other deliveries, only the newest ten are kept, without their bodies.',
      ),
    query: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    headers: z
      .record(z.string(), z.string())
      .describe('Without values that authenticate the sender.'),
    body: jsonValueSchema.describe('As the flow sees it.'),
    bytes: z.int().describe('Of the body as it was sent.'),
  })
  .meta({ id: 'Delivery' });

/** What a service has sent to a webhook. Times are ISO 8601. */
export type Delivery = z.output<typeof deliverySchema>;

/** Answer of GET /api/deployments/:id/deliveries. */
export const deliveryPageSchema = pageOf(deliverySchema);

/** What a webhook answers once it has a run: 202 at once, or where the answer takes longer. */
export const hookAcceptedSchema = z.object({ runId: z.string() }).meta({ id: 'HookAccepted' });

/** Answer of POST /hooks/waits/:token. */
export const callbackAcceptedSchema = z
  .object({ accepted: z.literal(true) })
  .meta({ id: 'CallbackAccepted' });
