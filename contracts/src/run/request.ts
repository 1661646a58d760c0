import { z } from 'zod';
import { jsonBytes, jsonValueSchema } from '../json.js';
import { limits } from '../limits.js';
import { localeSchema, text, timezoneSchema } from '../fields/identifiers.js';
import { storedText } from '../text.js';
import { pausePointsSchema, runModeSchema } from './pause.js';
import { runStatusSchema } from './status.js';

const inputSchema = z
  .record(z.string().max(200), jsonValueSchema)
  .refine((input) => jsonBytes(input) <= limits.inputBytes, 'must not be larger than 64 kB');

const requestIdSchema = text(200).min(1);

/** What starts a run; `requestId` makes it safe to send twice. */
export const startRunSchema = z.strictObject({
  version: z.union([z.int32().min(1), z.literal('draft')]).optional(),
  revision: z
    .int32()
    .min(1)
    .optional()
    .describe(
      'The revision of the draft that the run must execute; refused with `stale_revision` where the draft has another one by now. Only with `version: "draft"`.',
    ),
  input: inputSchema.optional(),
  locale: localeSchema
    .optional()
    .describe(
      'How the customer writes numbers and dates, and in which language the run asks again, such as `de-AT`. The locale of your profile where it is left out.',
    ),
  timezone: timezoneSchema
    .optional()
    .describe('The time zone of the customer, such as `Europe/Vienna`. UTC where it is left out.'),
  mode: runModeSchema.optional(),
  /** Ids of the nodes before which the run pauses in any mode. */
  pausePoints: pausePointsSchema.optional(),
  requestId: requestIdSchema.optional(),
});

/** What starts a run. */
export type StartRun = z.output<typeof startRunSchema>;

/** A visitor's reply; `messageId` is the client's, and makes it safe to send twice. */
export const sendMessageSchema = z.strictObject({
  message: text(Number.MAX_SAFE_INTEGER)
    .refine((value) => value.isWellFormed(), 'contains half of a surrogate pair. Remove it')
    .transform(storedText)
    .refine((value) => value !== '', 'must not be empty'),
  messageId: text(100).min(1),
});

/** A visitor's reply. */
export type SendMessage = z.output<typeof sendMessageSchema>;

/** Query of GET /api/runs. */
export const listRunsSchema = z.object({
  workflowId: z.string().optional(),
  status: runStatusSchema.optional(),
});
