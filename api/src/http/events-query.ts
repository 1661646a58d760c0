import { z } from 'zod';

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^[0-9]{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(least, `must be ${least} or more`).max(most, `must be ${most} or less`));

/** The number of an event, as queries and headers have it; 0 for before the first. */
export const eventNumber = wholeNumber(0, 999_999_999);

/** Query of what lists numbered events. @param most on a page, also the default */
export const eventsQuery = (most: number) =>
  z.object({
    afterSeq: eventNumber.optional().describe('The number of the last event that you have.'),
    cursor: eventNumber.optional().describe('`nextCursor` of the previous page.'),
    limit: wholeNumber(1, most).default(most),
  });
