import { z } from 'zod';
import { nodeTypeSchema } from '../flow/node-type.js';
import { usageSchema } from '../run/parts.js';
import { runStatusSchema } from '../run/status.js';

const instant = z.iso
  .datetime({
    offset: true,
    error: 'is no instant: write it as ISO 8601, such as 2026-11-23T00:00:00Z',
  })
  .transform((text) => new Date(text));

/** Query of GET /api/analytics/workflows/:id. */
export const analyticsQuerySchema = z.object({
  from: instant
    .optional()
    .describe('Runs that started then or later. Absent: 30 days before `to`.'),
  to: instant.optional().describe('Runs that started before then. Absent: now.'),
  version: z
    .string()
    .regex(/^(?:draft|[1-9]\d{0,8})$/, 'must be the number of a version, or draft')
    .optional()
    .describe('Only runs of this version, or of drafts. Absent: all runs.'),
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
    inDraft: z.boolean().describe('Whether the draft still has it.'),
    reached: count.describe('Runs that came to it, however often.'),
    visits: count.describe('How often runs came to it.'),
    dropped: count.describe(
      'Runs that came no further: it is the last node of a run that failed, was cancelled or timed out.',
    ),
    medianMs: z
      .number()
      .nullable()
      .describe(
        'The median time from coming to it to leaving it by a handle; null if nobody left.',
      ),
    tokens: count.describe('Tokens of the model, in and out, over all visits.'),
    usage: usageSchema.describe('The same tokens, told apart.'),
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
      byStatus: z.record(runStatusSchema, count).describe('How they stand now, or ended.'),
    }),
    completionRate: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .describe('Completed runs among those that have ended; null if none has.'),
    nodes: z
      .array(nodeAnalyticsSchema)
      .describe('Those of the draft in its order, then those that it has no more.'),
  })
  .meta({ id: 'FlowAnalytics' });

/** What happened in the runs of a flow. Times are ISO 8601. */
export type FlowAnalytics = z.output<typeof flowAnalyticsSchema>;
