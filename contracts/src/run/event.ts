import { z } from 'zod';
import { knowledgeSourceSchema } from '../knowledge/passage.js';
import { jsonValueSchema } from '../json.js';
import { messageRoles } from '../kinds.js';
import { nodeTypeSchema } from '../flow/node-type.js';
import { expectationSchema, runErrorSchema, offeredChoiceSchema, usageSchema } from './parts.js';
import { forkOriginSchema, resumedSchema } from './recovery.js';
import { runStatusSchema } from './status.js';
import { runVersionSchema } from './version.js';

/** Who a message is from. */
export const messageRoleSchema = z.enum(messageRoles);

/** What each numbered event carries in `data`. */
export const runEventDataSchemas = {
  'run.started': z
    .object({
      workflowId: z.string(),
      version: runVersionSchema,
      activeNode: z.string(),
      totalNodes: z.int(),
      resumed: resumedSchema
        .optional()
        .describe('Set where it goes on: after a retry, as a fork, or on another version.'),
      forkedFrom: forkOriginSchema.optional().describe('Of a fork, in its first event.'),
    })
    .describe('The run began, on this version, at this node.'),
  'node.activated': z
    .object({ label: z.string(), type: nodeTypeSchema })
    .describe('The run reached a node.'),
  'node.completed': z
    .object({
      handle: z.string(),
      durationMs: z.number(),
      skipped: z
        .literal(true)
        .optional()
        .describe('Its owner left the node by hand: it was not run, or not to its end.'),
    })
    .describe('A node is done and was left by this handle.'),
  'node.failed': z
    .object({ code: z.string(), message: z.string() })
    .describe('A node failed. The run leaves by the error handle, or ends where that has no edge.'),
  'ai.started': z
    .object({
      results: z
        .array(z.object({ name: z.string(), error: runErrorSchema.optional() }))
        .optional()
        .describe('What came of the tools that it has called since it was asked last.'),
    })
    .describe('The model is being asked.'),
  'ai.completed': z
    .object({
      text: z.string(),
      usage: usageSchema,
      sources: z
        .array(knowledgeSourceSchema)
        .optional()
        .describe('Where the passages are from that it was given to answer from.'),
      calls: z
        .array(z.object({ name: z.string(), args: z.record(z.string(), jsonValueSchema) }))
        .optional()
        .describe('The tools that it wants to call before it goes on.'),
      fallback: z
        .object({ kind: z.enum(['text', 'passage']), code: z.string() })
        .optional()
        .describe('Set where the model did not answer, and why; the text is what stands in.'),
    })
    .describe('The whole answer of the model.'),
  message: z
    .object({ id: z.string(), role: messageRoleSchema, text: z.string() })
    .describe('A message became part of the transcript.'),
  'variable.set': z
    .object({ name: z.string(), value: jsonValueSchema })
    .describe('A variable has a new value.'),
  waiting: z
    .object({
      label: z.string(),
      expect: expectationSchema,
      choices: z.array(offeredChoiceSchema).optional(),
      deadline: z.iso.datetime().optional(),
    })
    .describe('The run waits for a reply.'),
  paused: z
    .object({ reason: z.string().describe('`step`, or `pause_point`.') })
    .describe('The run is paused before a node, until its owner goes on.'),
  'run.finished': z
    .object({
      status: runStatusSchema,
      output: jsonValueSchema.optional(),
      error: runErrorSchema.optional(),
    })
    .describe('The run has ended.'),
} as const;

/** What each numbered event carries in `data`. */
export type RunEventData = {
  [T in keyof typeof runEventDataSchemas]: z.output<(typeof runEventDataSchemas)[T]>;
};

/** The types of numbered events. */
export type RunEventType = keyof RunEventData;

/**
 * One numbered event of a run. `seq` counts from 1 without gaps; `at` is in epoch milliseconds
 * and is the stamp of the input that caused the event, so that telling it again tells the same.
 */
export type RunEvent = {
  [T in RunEventType]: {
    seq: number;
    at: number;
    type: T;
    nodeId?: string;
    visit?: number;
    data: RunEventData[T];
  };
}[RunEventType];

/** An event as REST gives it out: `at` in ISO 8601. */
export type WireEvent = Omit<RunEvent, 'at'> & { runId: string; at: string };
