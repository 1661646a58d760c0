import { z } from 'zod';
import { weekdays } from '../kinds.js';
import { timezoneSchema } from './identifiers.js';

const time = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time such as 09:00, at most 24:00');

const block = z
  .strictObject({ from: time, to: time })
  .refine(({ from, to }) => from < to, { path: ['to'], error: 'must be later than "from"' });

const blocks = z
  .array(block)
  .max(4, 'must not have more than 4 periods')
  .refine((all) => all.every(({ from }, i) => i === 0 || (all[i - 1]?.to ?? '') <= from), {
    error: 'must be in order and must not overlap',
  });

/** When a team works, by the clocks of a time zone. */
export const officeHoursSchema = z
  .strictObject({
    timezone: timezoneSchema,
    week: z
      .strictObject({
        ...{ mon: blocks, tue: blocks, wed: blocks, thu: blocks, fri: blocks },
        ...{ sat: blocks, sun: blocks },
      })
      .refine((week) => weekdays.some((day) => week[day].length > 0), {
        error: 'must have a period on at least one day',
      })
      .describe('The periods of each day, in order. A day without periods is closed.'),
    closed: z
      .array(z.iso.date('must be a date, such as 2027-12-25'))
      .max(200, 'must not have more than 200 dates')
      .describe('Dates on which nobody works, such as holidays.'),
  })
  .meta({ id: 'OfficeHours' });

/** When a team works, by the clocks of a time zone. */
export type OfficeHours = z.output<typeof officeHoursSchema>;
