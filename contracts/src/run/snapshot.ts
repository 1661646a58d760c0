import { z } from 'zod';
import { jsonValueSchema } from '../json.js';
import { messageRoleSchema } from './event.js';
import { cutMarkSchema, expectationSchema, offeredChoiceSchema, runErrorSchema } from './parts.js';
import { pauseReasonSchema, runModeSchema } from './pause.js';
import { forkOriginSchema } from './recovery.js';
import { runStatusSchema } from './status.js';
import { runVersionSchema } from './version.js';

const currentNodeSchema = z.object({
  nodeId: z.string(),
  visit: z.int().min(1),
  state: z
    .enum(['active', 'waiting', 'sleeping', 'paused'])
    .describe(
      'What happens at the node: it runs a call, waits for a reply, sleeps, or the run is paused before it.',
    ),
  reason: pauseReasonSchema.optional().describe('Why the run is paused.'),
  attempt: z.int().min(1).optional().describe('Attempt of its call, if it is not the first.'),
  lastError: z.string().optional(),
  nextRetryAt: z.iso.datetime().optional(),
  attemptStartedAt: z.iso
    .datetime()
    .optional()
    .describe('When the attempt started that is waiting for its service.'),
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
  heldBy: z
    .object({ userId: z.string(), name: z.string() })
    .optional()
    .describe('The person who answers in place of the flow.'),
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
  name: z.string().optional().describe('Of the person of the team who said it.'),
  text: z.string(),
  nodeId: z.string().optional(),
  at: z.iso.datetime(),
  finishReason: cutMarkSchema,
});

/** One message of the transcript; `at` is ISO 8601. */
export type TranscriptMessage = z.output<typeof transcriptMessageSchema>;

const parentRunSchema = z.object({
  runId: z.string(),
  nodeId: z.string(),
  visit: z.int().min(1),
});

const childRunSchema = z.object({
  runId: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  status: runStatusSchema,
  nodeId: z.string().describe('The node of this run that started it.'),
  visit: z.int().min(1),
});

/** A run that another one has started. */
export type ChildRun = z.output<typeof childRunSchema>;

/** A run as clients see it. Times are ISO 8601. */
export const runSnapshotSchema = runViewSchema
  .extend({
    runId: z.string(),
    workflowId: z.string(),
    version: runVersionSchema,
    mode: runModeSchema.describe('Mode in which the run was started.'),
    stepping: z.boolean().describe('Whether the run pauses before the next node.'),
    pausePoints: z
      .array(z.string())
      .describe('IDs of the nodes that the run pauses before, in any mode.'),
    messages: z
      .array(transcriptMessageSchema)
      .describe('The newest 200 messages. The log has all of them.'),
    conversationId: z
      .string()
      .optional()
      .describe(
        'The conversation that it is part of. Absent for tests and for what scripts start.',
      ),
    parent: parentRunSchema
      .optional()
      .describe('The run that started it, by a node that runs a flow. It may be gone.'),
    children: z
      .array(childRunSchema)
      .optional()
      .describe('The newest 100 runs that it has started, by nodes that run a flow.'),
    origin: forkOriginSchema.optional().describe('Where a fork comes from. Absent for other runs.'),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().optional(),
    isRedacted: z
      .literal(true)
      .optional()
      .describe('Set if your role may not read transcripts: messages and variables are left out.'),
    stale: z
      .literal(true)
      .optional()
      .describe('Set if no worker responded in time and the snapshot comes from the log.'),
  })
  .meta({ id: 'RunSnapshot' });

/** A run as clients see it. */
export type RunSnapshot = z.output<typeof runSnapshotSchema>;
