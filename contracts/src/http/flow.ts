import { z } from 'zod';
import { edgeSchema, variableSchema } from '../flow/flow.js';
import { flowIssueSchema } from '../flow/issue.js';
import { nodeSchema } from '../flow/node.js';
import { notesSchema } from '../flow/note.js';
import { text } from '../flow/identifiers.js';
import { runStatusSchema } from '../run/status.js';
import { runVersionSchema } from '../run/version.js';
import { flowOrders, flowStates } from '../kinds.js';
import { cursorPattern, listQuerySchema, pageOf } from './list.js';

const fields = {
  id: z.string(),
  name: z.string(),
  description: z.string(),
  isPublic: z.boolean(),
  isTemplate: z.boolean(),
  revision: z
    .int()
    .min(1)
    .describe('Goes up with each change; a PUT names the one that it was read at.'),
  isOwn: z
    .boolean()
    .describe('Whether it is yours. A public one of somebody else can be read and cloned only.'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};

/** A flow in lists: all but the graph. */
export const flowSummarySchema = z
  .object({
    ...fields,
    nodeCount: z.int().min(0),
    published: z
      .object({ version: z.int().min(1), at: z.iso.datetime() })
      .optional()
      .describe('The newest published version of a flow of yours.'),
    hasChanges: z
      .boolean()
      .describe('Whether the draft is another one than what is published of it.'),
    lastRun: z
      .object({
        runId: z.string(),
        version: runVersionSchema,
        status: runStatusSchema,
        startedAt: z.iso.datetime(),
        finishedAt: z.iso.datetime().optional(),
      })
      .optional()
      .describe('The run that you started last.'),
  })
  .meta({ id: 'WorkflowSummary' });

/** A flow in lists: all but the graph. Times are ISO 8601. */
export type FlowSummary = z.input<typeof flowSummarySchema>;

const onlyTrue = z.literal('true', { error: 'must be true, or be left out' }).optional();

/** A place in a list that is ordered by name: the name in base64url, and the id. */
export const nameCursorPattern = /^n_([A-Za-z0-9_-]{0,1100})_([A-Za-z0-9-]{1,100})$/;

const eitherCursor = new RegExp(`${cursorPattern.source}|${nameCursorPattern.source}`);

/** Query of GET /api/workflows. */
export const listFlowsSchema = listQuerySchema.extend({
  cursor: z
    .string()
    .regex(eitherCursor, 'is none of ours: send nextCursor of the page before as it came')
    .optional()
    .describe('`nextCursor` of the page before, which was in the same order.'),
  q: text(200)
    .optional()
    .describe('Only flows whose name or description has this, in capitals or not.'),
  status: z
    .enum(flowStates)
    .optional()
    .describe(
      'Only flows that were never published; that are; that are and whose draft has changed since; of which a run of yours goes on; whose last run of yours failed.',
    ),
  sort: z
    .enum(flowOrders)
    .default('created')
    .describe(
      'The newest first, the last changed first, by name, or those first that you ran last.',
    ),
  public: onlyTrue.describe('The public flows of everyone instead of all of your own.'),
  template: onlyTrue.describe('Only templates.'),
});

/** Which flows to list. */
export type ListFlows = z.output<typeof listFlowsSchema>;

/** Answer of GET /api/workflows. */
export const flowPageSchema = pageOf(flowSummarySchema);

/** A flow as it is read and written: the graph exactly as it was sent. */
export const flowResourceSchema = z
  .object({
    ...fields,
    nodes: z.array(nodeSchema),
    edges: z.array(edgeSchema),
    variables: z.array(variableSchema),
    notes: notesSchema,
  })
  .meta({ id: 'Workflow' });

/** A flow as it is read and written: the graph exactly as it was sent. Times are ISO 8601. */
export type FlowResource = z.input<typeof flowResourceSchema>;

/** Answer of POST /api/workflows/:id/validate. */
export const flowCheckSchema = z.object({ problems: z.array(flowIssueSchema) });
