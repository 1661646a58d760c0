import { z } from 'zod';
import { parseCron, readCalendar } from '../calendar.js';
import { parseDuration } from '../duration.js';
import { timezoneSchema } from '../fields/identifiers.js';
import { jsonBytes, jsonValueSchema } from '../json.js';
import { scheduleOverlaps } from '../kinds.js';
import { limits } from '../limits.js';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** A text with the meaning that `read` finds in it: stored as it was sent. */
const readable = <T>(schema: z.ZodType<T>, read: (value: T) => string | undefined) =>
  schema.superRefine((value, context) => {
    const fault = read(value);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault, input: value });
  });

const cron = readable(
  z
    .string()
    .max(200, 'must not have more than 200 characters')
    .transform((text) => text.trim().split(/\s+/).join(' ')),
  (text) => parseCron(text).fault,
).describe(
  'Minute, hour, day of the month, month and day of the week, such as `0 9 * * MON-FRI`. `*`, lists, ranges, steps and English names are supported. If both days are set, a day has to fit both.',
);

const durationBetween = (least: number, most: number, words: string) =>
  z
    .string()
    .max(100)
    .refine((text) => {
      const ms = parseDuration(text);
      return ms !== null && ms >= least && ms <= most;
    }, `must be an ISO 8601 duration ${words}`);

const every = durationBetween(minuteMs, 366 * dayMs, 'from PT1M to P366D')
  .refine((text) => (parseDuration(text) ?? 0) % 1000 === 0, 'must be whole seconds')
  .describe('An interval, counted from `startAt`, or else from 1970-01-01 UTC. At least a minute.');

const point = z.union([z.int(), z.string().max(20)]);
const value = z.union([
  point,
  z.strictObject({
    start: point,
    end: point.optional(),
    step: z.int().min(1).max(100).optional(),
  }),
]);
const field = z.union([value, z.array(value).min(1).max(60)]).optional();

const oneCalendar = readable(
  z.strictObject({
    minute: field.describe('0 to 59. 0 if left out.'),
    hour: field.describe('0 to 23. 0 if left out.'),
    dayOfMonth: field.describe('1 to 31. Any if left out.'),
    month: field.describe('1 to 12, or a name. Any if left out.'),
    dayOfWeek: field.describe('0 (Sunday) to 6, or a name. Any if left out.'),
    year: field.describe('Any if left out.'),
  }),
  (sent) => readCalendar(sent).fault,
);

const calendar = z
  .union([oneCalendar, z.array(oneCalendar).min(1).max(10, 'must not be more than 10')])
  .describe(
    'What clocks have to show: numbers, names, `{start, end, step}`, or lists of these. In a list of calendars, one of them has to fit.',
  );

const shape = {
  cron,
  every,
  calendar,
  timezone: timezoneSchema.describe('Whose clocks count for `cron` and `calendar` (IANA).'),
  overlap: z
    .enum(scheduleOverlaps)
    .describe(
      'What becomes of a time at which the last run is still active: `all`: it starts another one; `skip`: it starts none; `buffer`: it starts one once the last has ended.',
    ),
  catchUp: durationBetween(minuteMs, 366 * dayMs, 'from PT1M to P366D').describe(
    'How late a run may start after an outage. What is later is missed.',
  ),
  jitter: durationBetween(0, dayMs, 'up to P1D')
    .nullable()
    .describe('Each run starts later by a random time up to this long.'),
  startAt: z.iso
    .datetime({ offset: true, error: 'must be an ISO 8601 date and time with an offset' })
    .nullable()
    .describe('No earlier time counts.'),
  endAt: z.iso
    .datetime({ offset: true, error: 'must be an ISO 8601 date and time with an offset' })
    .nullable()
    .describe('No later time counts.'),
  input: z
    .record(z.string().max(200), jsonValueSchema)
    .refine(
      (input) => jsonBytes(input) <= limits.scheduleInputBytes,
      `must not be larger than ${limits.scheduleInputBytes / 1000} kB`,
    )
    .describe('The input of each run; `schedule` is added to it.'),
};

/** The three ways to say when; a schedule has one of them. */
export const scheduleTimings = ['cron', 'every', 'calendar'] as const;

/** How a schedule is set up; what is left out of a stored one has these defaults. */
export const scheduleSettingsSchema = z
  .object({
    cron: cron.optional(),
    every: every.optional(),
    calendar: calendar.optional(),
    timezone: shape.timezone.default('UTC'),
    overlap: shape.overlap.default('all'),
    catchUp: shape.catchUp.default('PT1H'),
    jitter: shape.jitter.default(null),
    startAt: shape.startAt.default(null),
    endAt: shape.endAt.default(null),
    input: shape.input.default({}),
  })
  .meta({ id: 'ScheduleSettings' });

/** How a schedule is set up. */
export type ScheduleSettings = z.output<typeof scheduleSettingsSchema>;

/** Settings as they are sent to change some of them: what is left out stays as it is. */
export const scheduleChangeSchema = z.strictObject(shape).partial();

/** Settings as they are sent for a new schedule: one of `cron`, `every` and `calendar` is there. */
export const scheduleSettingsInputSchema = scheduleChangeSchema.superRefine((settings, context) => {
  const { startAt, endAt } = settings;
  const given = scheduleTimings.filter((timing) => settings[timing] !== undefined);
  if (given.length !== 1) {
    const message = 'one of cron, every and calendar is required, and only one';
    context.addIssue({ code: 'custom', message, path: [given[1] ?? 'cron'], input: settings });
  }
  if (startAt && endAt && Date.parse(startAt) >= Date.parse(endAt)) {
    const message = 'must be after startAt';
    context.addIssue({ code: 'custom', message, path: ['endAt'], input: endAt });
  }
});

/** Settings as they are sent. */
export type ScheduleSettingsInput = z.output<typeof scheduleSettingsInputSchema>;
