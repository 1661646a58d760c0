import { z } from 'zod';
import { edgeSchema, flowProblemSchema, variableSchema } from '../flow/flow.js';
import { nodeSchema } from '../flow/node.js';
import { text } from '../flow/identifiers.js';
import { listQuerySchema, pageOf } from './list.js';

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
export const workflowSummarySchema = z
  .object({ ...fields, nodeCount: z.int().min(0) })
  .meta({ id: 'WorkflowSummary' });

/** A flow in lists: all but the graph. Times are ISO 8601. */
export type WorkflowSummary = z.input<typeof workflowSummarySchema>;

const onlyTrue = z.literal('true', { error: 'must be true, or be left out' }).optional();

/** Query of GET /api/workflows. */
export const listFlowsSchema = listQuerySchema.extend({
  q: text(200).optional().describe('Only flows whose name has this, in capitals or not.'),
  public: onlyTrue.describe('The public flows of everyone instead of all of your own.'),
  template: onlyTrue.describe('Only templates.'),
});

/** Which flows to list. */
export type ListFlows = z.output<typeof listFlowsSchema>;

/** Answer of GET /api/workflows. */
export const workflowPageSchema = pageOf(workflowSummarySchema);

/** A flow as it is read and written: the graph exactly as it was sent. */
export const workflowResourceSchema = z
  .object({
    ...fields,
    nodes: z.array(nodeSchema),
    edges: z.array(edgeSchema),
    variables: z.array(variableSchema),
  })
  .meta({ id: 'Workflow' });

/** A flow as it is read and written: the graph exactly as it was sent. Times are ISO 8601. */
export type WorkflowResource = z.input<typeof workflowResourceSchema>;

/** Answer of POST /api/workflows/:id/validate. */
export const flowCheckSchema = z.object({ problems: z.array(flowProblemSchema) });
