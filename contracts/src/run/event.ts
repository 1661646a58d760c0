import { z } from 'zod';
import { knowledgeSourceSchema } from '../knowledge/passage.js';
import { jsonValueSchema } from '../json.js';
import { handBackWays, messageRoles } from '../kinds.js';
import { nodeTypeSchema } from '../flow/node-type.js';
import {
  cutMarkSchema,
  expectationSchema,
  offeredChoiceSchema,
  runErrorSchema,
  runResponseSchema,
  usageSchema,
} from './parts.js';
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
      locale: z
        .string()
        .optional()
        .describe('The locale by which replies are read. Absent for runs of earlier releases.'),
      timezone: z.string().optional().describe('The time zone of the run.'),
      resumed: resumedSchema
        .optional()
        .describe('Set if the run continues: after a retry, as a fork, or on another version.'),
      forkedFrom: forkOriginSchema.optional().describe('Set in the first event of a fork.'),
    })
    .describe('The run started on this version, at this node.'),
  'node.activated': z
    .object({ label: z.string(), type: nodeTypeSchema })
    .describe('The run entered a node.'),
  'node.completed': z
    .object({
      handle: z.string(),
      durationMs: z.number(),
      skipped: z.literal(true).optional().describe('Set if the owner skipped the node.'),
      response: runResponseSchema
        .optional()
        .describe('What a respond node answers the webhook that started the run.'),
    })
    .describe('A node completed, and the run left it by this handle.'),
  'node.failed': z
    .object({ code: z.string(), message: z.string() })
    .describe('A node failed. The run leaves it by the error handle, or ends if that has no edge.'),
  'ai.started': z
    .object({
      results: z
        .array(z.object({ name: z.string(), error: runErrorSchema.optional() }))
        .optional()
        .describe('Results of the tools that the model called in the previous turn.'),
    })
    .describe('A request to the model started.'),
  'ai.completed': z
    .object({
      text: z.string(),
      usage: usageSchema,
      finishReason: z
        .string()
        .optional()
        .describe('Why the model ended, such as `STOP`. `MAX_TOKENS`: the text was cut off.'),
      sources: z
        .array(knowledgeSourceSchema)
        .optional()
        .describe('Sources of the passages that the model was given.'),
      calls: z
        .array(z.object({ name: z.string(), args: z.record(z.string(), jsonValueSchema) }))
        .optional()
        .describe('Tools that the model calls before it continues.'),
      fallback: z
        .object({ kind: z.enum(['text', 'passage']), code: z.string() })
        .optional()
        .describe('Set if the model did not respond, with the reason. The text is the fallback.'),
      suggestion: z
        .literal(true)
        .optional()
        .describe('Set if a person had taken over by then: the text was not said.'),
    })
    .describe('The complete response of the model.'),
  message: z
    .object({
      id: z.string(),
      role: messageRoleSchema,
      name: z.string().optional().describe('Of the person of the team who says it.'),
      text: z.string(),
      finishReason: cutMarkSchema,
    })
    .describe('A message was added to the transcript.'),
  'variable.set': z
    .object({ name: z.string(), value: jsonValueSchema })
    .describe('A variable was set.'),
  waiting: z
    .object({
      label: z.string(),
      expect: expectationSchema,
      choices: z.array(offeredChoiceSchema).optional(),
      deadline: z.iso.datetime().optional(),
    })
    .describe('The run is waiting for a reply.'),
  paused: z
    .object({ reason: z.string().describe('`step`, or `pause_point`.') })
    .describe('The run is paused before a node until its owner continues it.'),
  'control.changed': z
    .object({
      id: z.string().describe('Of the request that led to it.'),
      by: z.enum(['flow', 'operator']).describe('Who speaks from here on.'),
      userId: z.string().optional().describe('The person who takes over, or hands back.'),
      name: z.string().optional().describe('Of that person.'),
      how: z
        .enum([...handBackWays, 'timeout'])
        .optional()
        .describe('How the flow continues. `timeout`: nobody took over in time.'),
      toNodeId: z.string().optional().describe('With `goto`: the node where the flow continues.'),
      note: z.string().optional().describe('What the person tells the model.'),
    })
    .describe('A person took over, or the flow speaks again.'),
  'handoff.requested': z
    .object({
      team: z.string().optional(),
      note: z.string().describe('What the person should know.'),
      deadline: z.iso.datetime().optional(),
    })
    .describe('The flow asks for a person, and waits until the deadline.'),
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
