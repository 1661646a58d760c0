import { z } from 'zod';
import { edgeSchema, variableSchema } from '../flow/flow.js';
import { flowIssueSchema } from '../flow/issue.js';
import { nodeSchema } from '../nodes/node.js';
import { notesSchema } from '../flow/note.js';
import { text } from '../fields/identifiers.js';
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
    .describe('Increases with each change. Send it with PUT to detect conflicts.'),
  isOwn: z
    .boolean()
    .describe(
      'Whether the flow is in one of your workspaces. Other public flows can only be read and cloned.',
    ),
  workspaceId: z.string().optional().describe('Only where `isOwn`.'),
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
      .describe('Newest published version. Only for flows of your workspaces.'),
    hasChanges: z.boolean().describe('Whether the draft differs from the newest version.'),
    lastRun: z
      .object({
        runId: z.string(),
        version: runVersionSchema,
        status: runStatusSchema,
        startedAt: z.iso.datetime(),
        finishedAt: z.iso.datetime().optional(),
      })
      .optional()
      .describe('The last run.'),
  })
  .meta({ id: 'WorkflowSummary' });

/** A flow in lists: all but the graph. Times are ISO 8601. */
export type FlowSummary = z.input<typeof flowSummarySchema>;

const onlyTrue = z.literal('true', { error: 'must be true or absent' }).optional();

/** A place in a list that is ordered by name: the name in base64url, and the id. */
export const nameCursorPattern = /^n_([A-Za-z0-9_-]{0,1100})_([A-Za-z0-9-]{1,100})$/;

const eitherCursor = new RegExp(`${cursorPattern.source}|${nameCursorPattern.source}`);

/** Query of GET /api/workflows. */
export const listFlowsSchema = listQuerySchema.extend({
  cursor: z
    .string()
    .regex(eitherCursor, 'is not valid. Send `nextCursor` of the previous page unchanged')
    .optional()
    .describe('`nextCursor` of the previous page, with the same `sort`.'),
  id: z.string().max(200).optional().describe('Only the flow with this id.'),
  q: text(200)
    .optional()
    .describe('Only flows whose name or description contains this text. Not case-sensitive.'),
  status: z
    .enum(flowStates)
    .optional()
    .describe(
      'Only flows that were never published, that are published, that are published and have changes, that have an active run, or whose last run failed.',
    ),
  sort: z
    .enum(flowOrders)
    .default('created')
    .describe('Newest first, last changed first, by name, or last run first.'),
  public: onlyTrue.describe(
    'The public flows of all users, instead of the flows of the workspace.',
  ),
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

/** What the check of a flow found. */
export type FlowCheck = z.output<typeof flowCheckSchema>;
