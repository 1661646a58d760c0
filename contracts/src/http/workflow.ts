import { z } from 'zod';
import { edgeSchema, flowProblemSchema, variableSchema } from '../flow/flow.js';
import { nodeSchema } from '../flow/node.js';
import { pageOf } from './list.js';

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
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};

/** A flow in lists: all but the graph. */
export const workflowSummarySchema = z
  .object({ ...fields, nodeCount: z.int().min(0) })
  .meta({ id: 'WorkflowSummary' });

/** A flow in lists: all but the graph. Times are ISO 8601. */
export type WorkflowSummary = z.input<typeof workflowSummarySchema>;

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
