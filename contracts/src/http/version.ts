import { z } from 'zod';
import { edgeSchema, variableSchema } from '../flow/flow.js';
import { flowTestsSchema } from '../flow/flow-tests.js';
import { text } from '../fields/identifiers.js';
import { nodeSchema } from '../nodes/node.js';
import { storedText } from '../text.js';
import { pageOf } from './list.js';

/** A published version of a flow: all but its graph. It never changes. */
export const versionSchema = z
  .object({
    id: z.string(),
    workflowId: z.string(),
    number: z.int().min(1).describe('Version number, from 1.'),
    nodeCount: z.int().min(0),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Version' });

/** A published version of a flow: all but its graph. `createdAt` is ISO 8601. */
export type Version = z.output<typeof versionSchema>;

/** A published version with what its runs execute. */
export const versionWithGraphSchema = versionSchema
  .extend({
    nodes: z.array(nodeSchema),
    edges: z.array(edgeSchema),
    variables: z.array(variableSchema),
    tests: flowTestsSchema.describe('Those that it was published with. Absent if there were none.'),
  })
  .meta({ id: 'VersionWithGraph' });

/** A published version with what its runs execute, as it was sent. */
export type VersionWithGraph = z.input<typeof versionWithGraphSchema>;

/** A published version in the list of its flow. */
export const versionSummarySchema = versionSchema
  .extend({ runs: z.int().min(0).describe('Number of runs on this version.') })
  .meta({ id: 'VersionSummary' });

/** A published version in the list of its flow. */
export type VersionSummary = z.output<typeof versionSummarySchema>;

/** Answer of GET /api/workflows/:id/versions. */
export const versionPageSchema = pageOf(versionSummarySchema);

/** Body of publish and restore: nothing, or the revision that the draft is thought to have. */
export const atRevisionSchema = z.strictObject({
  revision: z
    .int32()
    .min(1)
    .optional()
    .describe('Rejected with `stale_revision` if the draft has another revision.'),
});

/** What publish and restore may be told. */
export type AtRevision = z.output<typeof atRevisionSchema>;

/** Body of publish. */
export const publishFlowSchema = atRevisionSchema.extend({
  override: text(500)
    .transform((reason) => storedText(reason).trim())
    .refine((reason) => reason !== '', 'must say why')
    .optional()
    .describe('Why it is published although tests fail that it needs. Recorded in the audit log.'),
});

/** What publish may be told. */
export type PublishFlow = z.output<typeof publishFlowSchema>;

/** Query of GET /api/workflows/:id/versions. */
export const listVersionsSchema = z.object({
  cursor: z
    .string()
    .regex(/^[1-9][0-9]{0,8}$/, 'is not valid. Send `nextCursor` of the previous page unchanged')
    .transform(Number)
    .optional()
    .describe('`nextCursor` of the previous page.'),
});
