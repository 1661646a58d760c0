import { z } from 'zod';

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^[0-9]{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(least, `must be ${least} or more`).max(most, `must be ${most} or less`));

/** Query of what lists numbered events. */
export const eventsQuery = z.object({
  afterSeq: wholeNumber(0, 999_999_999).optional(),
  cursor: wholeNumber(0, 999_999_999).optional().describe('`nextCursor` of the previous page.'),
  limit: wholeNumber(1, 1_000).default(1_000),
});
