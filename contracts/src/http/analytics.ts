import { z } from 'zod';
import { nodeTypeSchema } from '../flow/node-type.js';
import { usageSchema } from '../run/parts.js';
import { runStatusSchema } from '../run/status.js';

const instant = z.iso
  .datetime({
    offset: true,
    error: 'must be an ISO 8601 date and time, such as 2026-11-23T00:00:00Z',
  })
  .transform((text) => new Date(text));

/** Query of GET /api/analytics/workflows/:id. */
export const analyticsQuerySchema = z.object({
  from: instant
    .optional()
    .describe('Includes runs that started at this time or later. Absent: 30 days before `to`.'),
  to: instant.optional().describe('Includes runs that started before this time. Absent: now.'),
  version: z
    .string()
    .regex(/^(?:draft|[1-9]\d{0,8})$/, 'must be a version number, or "draft"')
    .optional()
    .describe('Includes only runs of this version, or of drafts. Absent: all runs.'),
});

/** Which runs to look at. */
export type AnalyticsQuery = z.output<typeof analyticsQuerySchema>;

const count = z.int().min(0);

/** What happened at a node in the runs that were looked at. */
export const nodeAnalyticsSchema = z
  .object({
    nodeId: z.string(),
    label: z.string(),
    type: nodeTypeSchema,
    inDraft: z.boolean().describe('Whether the node is in the draft.'),
    reached: count.describe('Number of runs that visited the node.'),
    visits: count.describe('Total number of visits.'),
    dropped: count.describe(
      'Drop-off: runs that failed, were cancelled or timed out at this node.',
    ),
    medianMs: z
      .number()
      .nullable()
      .describe(
        'Median time from entering the node to leaving it by a handle. Null if no run left it.',
      ),
    tokens: count.describe('Input and output tokens of all visits.'),
    usage: usageSchema.describe('Input and output tokens separately.'),
  })
  .meta({ id: 'NodeAnalytics' });

/** What happened at a node. */
export type NodeAnalytics = z.output<typeof nodeAnalyticsSchema>;

/** Answer of GET /api/analytics/workflows/:id. */
export const flowAnalyticsSchema = z
  .object({
    workflowId: z.string(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    runs: z.object({
      total: count,
      byStatus: z.record(runStatusSchema, count).describe('Current or final statuses.'),
    }),
    completionRate: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .describe('Share of ended runs that completed. Null if no run has ended.'),
    nodes: z
      .array(nodeAnalyticsSchema)
      .describe('Nodes of the draft in its order, then nodes that were removed from it.'),
  })
  .meta({ id: 'FlowAnalytics' });

/** What happened in the runs of a flow. Times are ISO 8601. */
export type FlowAnalytics = z.output<typeof flowAnalyticsSchema>;
