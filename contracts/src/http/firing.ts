import { z } from 'zod';
import { firingKinds, firingStates } from '../kinds.js';
import { pageOf } from './list.js';
import { scheduleChangeSchema } from './schedule-settings.js';

const instant = z.iso.datetime({ offset: true, error: 'must be an ISO 8601 date and time' });

/** Answer of GET /api/deployments/:id/next. */
export const nextTimesSchema = z
  .object({
    times: z
      .array(z.iso.datetime({ offset: true }))
      .describe('The next ten, with the offset of the time zone at that time. Fewer if it ends.'),
    warnings: z.array(
      z.object({
        code: z
          .enum(['skipped_time', 'repeated_time', 'both_days', 'no_times'])
          .describe(
            '`skipped_time`: clocks skip a time, so that it starts no run; `repeated_time`: clocks show it twice, so that it starts two; `both_days`: a day has to fit the day of the month and that of the week; `no_times`: no time is left.',
          ),
        message: z.string(),
        at: z.iso.datetime({ offset: true }).optional().describe('When clocks change.'),
        local: z
          .string()
          .optional()
          .describe('The first time that is skipped or repeated, as clocks show it.'),
      }),
    ),
  })
  .meta({ id: 'NextTimes' });

/** When a schedule is due next, and what is to be known of that. */
export type NextTimes = z.output<typeof nextTimesSchema>;

/** Body of POST /api/deployments/:id/next. */
export const previewTimesSchema = z.strictObject({
  settings: scheduleChangeSchema.describe('Changes that are tried and not stored.'),
});

/** A time at which a schedule was due, or somebody started its flow, and what became of it. */
export const firingSchema = z
  .object({
    id: z.string(),
    kind: z.enum(firingKinds),
    scheduledAt: z.iso.datetime(),
    actualAt: z.iso.datetime().nullable().describe('When it was taken up; null while it waits.'),
    state: z
      .enum(firingStates)
      .describe(
        '`due` and `starting`: about to start, or waiting for the run before it; `running`: its run is active; `ended` and `failed`: how its run ended; `skipped`, `missed` and `refused`: it started none.',
      ),
    runId: z.string().nullable(),
    code: z.string().nullable().describe('Why it started no run.'),
    detail: z.string().nullable().describe('The same in words.'),
  })
  .meta({ id: 'Firing' });

/** A time at which a schedule was due, and what became of it. Times are ISO 8601. */
export type Firing = z.output<typeof firingSchema>;

/** Answer of GET /api/deployments/:id/firings. */
export const firingPageSchema = pageOf(firingSchema);

/** Body of POST /api/deployments/:id/run-now. */
export const runNowSchema = z.strictObject({
  requestId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,150}$/, 'must have up to 150 letters, digits, _ and -')
    .optional()
    .describe('The same one again starts no second run.'),
});

/** Body of POST /api/deployments/:id/backfill. */
export const backfillSchema = z.strictObject({
  from: instant.describe('The first time that counts.'),
  to: instant.describe('The last time that counts. Not in the future.'),
  dryRun: z.boolean().default(false).describe('Whether to count only, and start nothing.'),
});

/** A range of time whose runs are to be started after all. */
export type Backfill = z.output<typeof backfillSchema>;

/** Answer of POST /api/deployments/:id/backfill. */
export const backfillResultSchema = z
  .object({
    count: z.int().describe('How many times the schedule has in this range.'),
    known: z.int().describe('How many of them have been dealt with before. They start nothing.'),
    dryRun: z.boolean(),
  })
  .meta({ id: 'BackfillResult' });

/** What a backfill comes to. */
export type BackfillResult = z.output<typeof backfillResultSchema>;
