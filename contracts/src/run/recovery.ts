import { z } from 'zod';
import { idSchema, text } from '../fields/identifiers.js';
import { runModeSchema } from './pause.js';
import { runVersionSchema } from './version.js';

/** Why a run tells again that it starts: it goes on from a node, with what it knew before it. */
export const resumedSchema = z.object({
  by: z.enum(['retry', 'fork', 'migrate']),
  nodeId: z.string().describe('The node where the run continues.'),
  afterSeq: z
    .int()
    .min(0)
    .optional()
    .describe(
      'The variables are restored to their values after this event. Absent if they are kept.',
    ),
  fromVersion: runVersionSchema.optional().describe('Set for a move to another version.'),
});

/** Why a run tells again that it starts. */
export type Resumed = z.output<typeof resumedSchema>;

/** Where a fork parted from the run that it is of. */
export const forkOriginSchema = z.object({
  runId: z.string(),
  nodeId: z.string(),
  visit: z.int().min(1),
  seq: z.int().min(0).describe('Events up to this one are copies.'),
});

/** Where a fork parted from the run that it is of. */
export type ForkOrigin = z.output<typeof forkOriginSchema>;

/** Retries a failed run: from the node that failed, or from an earlier one. */
export const retryRunSchema = z.strictObject({ nodeId: idSchema.optional() });

/** Retries a failed run. */
export type RetryRun = z.output<typeof retryRunSchema>;

/** Answer of POST /api/runs/:runId/retry: where it goes on. */
export const retriedSchema = z.object({
  runId: z.string(),
  nodeId: z.string(),
  visit: z.int().min(1),
  afterSeq: z.int().min(0).describe('The next events follow this one.'),
});

/** Where a run goes on that is retried. */
export type Retried = z.output<typeof retriedSchema>;

/** Begins a new run from a node that another one has reached, with the state there. */
export const forkRunSchema = z.strictObject({
  nodeId: idSchema,
  visit: z.int32().min(1).optional().describe('Visit of the node. Absent: the last one.'),
  version: runVersionSchema.optional().describe('Absent: the same as in the original run.'),
  repeatMessages: z
    .boolean()
    .optional()
    .describe('Whether the later messages of the customer are sent again.'),
  mode: runModeSchema.optional().describe('Absent: the same as in the original run.'),
  requestId: text(200).min(1).optional(),
});

/** Begins a new run from a node that another one has reached. */
export type ForkRun = z.output<typeof forkRunSchema>;

/** Moves a waiting run to another published version of its flow. */
export const migrateRunSchema = z.strictObject({ version: z.int32().min(1) });

/** Moves a waiting run to another published version. */
export type MigrateRun = z.output<typeof migrateRunSchema>;

/** Answer of POST /api/runs/:runId/migrate. */
export const migratedSchema = z.object({ runId: z.string(), version: runVersionSchema });

/** A run, and the version that it is on now. */
export type Migrated = z.output<typeof migratedSchema>;
