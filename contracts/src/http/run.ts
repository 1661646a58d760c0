import { z } from 'zod';
import { runEventDataSchemas, type RunEventType, type WireEvent } from '../run/event.js';
import { runErrorSchema } from '../run/parts.js';
import { edgeSchema, variableSchema } from '../flow/flow.js';
import { nodeSchema } from '../nodes/node.js';
import { runModeSchema } from '../run/pause.js';
import { forkOriginSchema } from '../run/recovery.js';
import { runStatusSchema } from '../run/status.js';
import { runVersionSchema } from '../run/version.js';
import { pageOf } from './list.js';

/** A run in lists. */
export const runSummarySchema = z
  .object({
    runId: z.string(),
    workflowId: z.string(),
    workflowName: z.string(),
    version: runVersionSchema,
    status: runStatusSchema,
    mode: runModeSchema,
    currentNode: z.string().optional(),
    currentLabel: z
      .string()
      .optional()
      .describe("Label of the current node in the run's version. Absent if there is none."),
    lastSeq: z.int().min(0),
    conversationId: z
      .string()
      .optional()
      .describe(
        'The conversation that it is part of. Absent for tests and for what scripts start.',
      ),
    startedAt: z.iso.datetime(),
    lastEventAt: z.iso
      .datetime()
      .describe('Time of the newest event, or of the start if there is none.'),
    finishedAt: z.iso.datetime().optional(),
    error: runErrorSchema.optional(),
    origin: forkOriginSchema.optional().describe('Where a fork comes from. Absent for other runs.'),
  })
  .meta({ id: 'RunSummary' });

/** A run in lists. Times are ISO 8601. */
export type RunSummary = z.output<typeof runSummarySchema>;

/** Answer of GET /api/runs. */
export const runPageSchema = pageOf(runSummarySchema);

const eventOf = <T extends RunEventType>(type: T) =>
  z.object({
    runId: z.string(),
    seq: z.int().min(1).describe('Counts from 1 without gaps.'),
    at: z.iso.datetime(),
    type: z.literal(type),
    nodeId: z.string().optional(),
    visit: z.int().min(1).optional(),
    data: runEventDataSchemas[type],
  });

const eventTypes = Object.keys(runEventDataSchemas) as RunEventType[];
const [firstType = 'run.started', ...otherTypes] = eventTypes;

/** One numbered event of a run, as REST gives it out. */
export const wireEventSchema = (
  z.discriminatedUnion('type', [
    eventOf(firstType),
    ...otherTypes.map(eventOf),
  ]) as unknown as z.ZodType<WireEvent>
).meta({ id: 'RunEvent' });

/** Answer of GET /api/runs/:runId/events. */
export const eventPageSchema = pageOf(wireEventSchema);

/** Answer of what starts a run. */
export const runStartedSchema = z.object({ runId: z.string() }).meta({ id: 'RunStarted' });

/** Answer of POST /api/runs/:runId/messages. */
export const messageAcceptedSchema = z.object({
  accepted: z.literal(true),
  duplicate: z.boolean(),
});

/** Answer of POST /api/runs/:runId/cancel: the run, and how it was when that was asked for. */
export const cancellingSchema = z.object({ runId: z.string(), status: runStatusSchema });

/** Answer of GET /api/runs/:runId/flow: what the run executes, which its flow may have left behind. */
export const runFlowSchema = z
  .object({
    workflowId: z.string(),
    workflowName: z.string(),
    version: runVersionSchema,
    nodes: z.array(nodeSchema),
    edges: z.array(edgeSchema),
    variables: z.array(variableSchema),
  })
  .meta({ id: 'RunFlow' });

/** The flow that a run executes, as its version keeps it. */
export type RunFlow = z.input<typeof runFlowSchema>;

/** Answer of POST /api/runs/:runId/callback. */
export const callbackAddressSchema = z.object({
  url: z.string().describe('Where to POST what answers the node, once.'),
  nodeId: z.string().describe('The node where the run waits.'),
});

/** The address that answers a callback node. */
export type CallbackAddress = z.output<typeof callbackAddressSchema>;
