import { z } from 'zod';
import { jsonValueSchema } from '../json.js';
import { messageRoleSchema } from './event.js';
import { expectationSchema, runErrorSchema, offeredChoiceSchema } from './parts.js';
import { pauseReasonSchema, runModeSchema } from './pause.js';
import { forkOriginSchema } from './recovery.js';
import { runStatusSchema } from './status.js';
import { runVersionSchema } from './version.js';

const currentNodeSchema = z.object({
  nodeId: z.string(),
  visit: z.int().min(1),
  state: z
    .enum(['active', 'waiting', 'sleeping', 'paused'])
    .describe('What it does: runs a call, waits for a reply, sleeps, or is paused before.'),
  reason: pauseReasonSchema.optional().describe('Why the run is paused before it.'),
  attempt: z
    .int()
    .min(1)
    .optional()
    .describe("Of its call, where that is not the first: from Temporal's pending activities."),
  lastError: z.string().optional(),
  nextRetryAt: z.iso.datetime().optional(),
});

/** A node at which a run is. Times are ISO 8601. */
export type CurrentNode = z.output<typeof currentNodeSchema>;

const waitingSchema = z.object({
  nodeId: z.string(),
  label: z.string(),
  expect: expectationSchema,
  choices: z.array(offeredChoiceSchema).optional(),
  deadline: z.iso.datetime().optional(),
});

/** What a listen node waits for. The deadline is ISO 8601. */
export type Waiting = z.output<typeof waitingSchema>;

const runViewSchema = z.object({
  status: runStatusSchema,
  currentNodes: z.array(currentNodeSchema),
  waiting: waitingSchema.optional(),
  variables: z.record(z.string(), jsonValueSchema),
  stepping: z.boolean().optional(),
  pausePoints: z.array(z.string()).optional(),
  lastSeq: z.int().min(0),
  error: runErrorSchema.optional(),
});

/**
 * What a run says of itself: the snapshot but for the messages, which are in the log.
 * It always speaks of the moment of the last flush, so it never knows more than the log.
 */
export type RunView = z.output<typeof runViewSchema>;

const transcriptMessageSchema = z.object({
  id: z.string(),
  role: messageRoleSchema,
  text: z.string(),
  nodeId: z.string().optional(),
  at: z.iso.datetime(),
});

/** One message of the transcript; `at` is ISO 8601. */
export type TranscriptMessage = z.output<typeof transcriptMessageSchema>;

/** A run as clients see it. Times are ISO 8601. */
export const runSnapshotSchema = runViewSchema
  .extend({
    runId: z.string(),
    workflowId: z.string(),
    version: runVersionSchema,
    mode: runModeSchema.describe('As it was started.'),
    stepping: z.boolean().describe('Whether it pauses before the next node.'),
    pausePoints: z
      .array(z.string())
      .describe('Ids of the nodes before which it pauses in any mode.'),
    messages: z
      .array(transcriptMessageSchema)
      .describe('The newest 200; all of them are in the log.'),
    origin: forkOriginSchema.optional().describe('Of a fork.'),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().optional(),
    stale: z
      .literal(true)
      .optional()
      .describe('Set where no worker answered in time and the log speaks instead.'),
  })
  .meta({ id: 'RunSnapshot' });

/** A run as clients see it. */
export type RunSnapshot = z.output<typeof runSnapshotSchema>;
