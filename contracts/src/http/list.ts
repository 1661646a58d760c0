import { z } from 'zod';

/** A place in a list that is ordered by time and id: milliseconds since the epoch, and the id. */
export const cursorPattern = /^([0-9]{1,14})_([A-Za-z0-9_-]{1,300})$/;

/** Query of every list: where to go on, and how many at most. */
export const listQuerySchema = z.object({
  cursor: z
    .string()
    .regex(cursorPattern, 'is not valid. Send `nextCursor` of the previous page unchanged')
    .optional()
    .describe('`nextCursor` of the previous page.'),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a whole number from 1 to 200')
    .transform(Number)
    .pipe(z.int().min(1, 'must be 1 or more').max(200, 'must be 200 or less'))
    .default(50),
});

/** Where to go on in a list, and how many at most. */
export type ListQuery = z.output<typeof listQuerySchema>;

/** Answer of a list: one page of it. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextCursor: z
      .string()
      .nullable()
      .describe('Send it as `cursor` for the next page. Null on the last page.'),
  });

/** One page of a list; `nextCursor` is null on the last. */
export type Page<T> = { items: T[]; nextCursor: string | null };
