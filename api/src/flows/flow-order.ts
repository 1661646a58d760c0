import { type FlowOrder, nameCursorPattern } from '@crmflow/contracts';
import { Prisma } from '@crmflow/db';
import { AppError } from '../errors/app-error.js';
import { decodeCursor, encodeCursor } from '../http/cursor.js';
import type { SummaryRow } from './resource.js';

/** How a list of flows is ordered, and how it goes on after one of them. */
export type Order = {
  by: Prisma.Sql;
  after(cursor: string): Prisma.Sql;
  cursorOf(row: SummaryRow): string;
};

/** The last time first. @param key SQL of the time */
function byTime(key: Prisma.Sql, timeOf: (row: SummaryRow) => Date): Order {
  return {
    by: Prisma.sql`${key} DESC, w.id DESC`,
    after(cursor) {
      const { at, id } = decodeCursor(cursor);
      return Prisma.sql`(${key}, w.id) < (${at.toISOString()}::timestamptz, ${id})`;
    },
    cursorOf: (row) => encodeCursor({ at: timeOf(row), id: row.id }),
  };
}

// The database itself may know no letters but those of English.
const alphabetical = Prisma.sql`w.name COLLATE "und-x-icu"`;

const byName: Order = {
  by: Prisma.sql`${alphabetical}, w.id`,
  after(cursor) {
    const [, name, id] = nameCursorPattern.exec(cursor) ?? [];
    if (name === undefined || id === undefined) {
      throw new AppError(
        'bad_request',
        'The cursor belongs to another sort order. Start again without a cursor.',
      );
    }
    const text = Buffer.from(name, 'base64url').toString().replaceAll('\0', '');
    return Prisma.sql`(${alphabetical}, w.id) > (${text} COLLATE "und-x-icu", ${id})`;
  },
  cursorOf: ({ name, id }) => `n_${Buffer.from(name).toString('base64url')}_${id}`,
};

const never = new Date(0);

/** The orders of flows `w`; `lastRun` needs the run `r` beside them. */
export const orders: { [order in FlowOrder]: Order } = {
  created: byTime(Prisma.sql`w."createdAt"`, ({ createdAt }) => createdAt),
  changed: byTime(Prisma.sql`w."updatedAt"`, ({ updatedAt }) => updatedAt),
  name: byName,
  lastRun: byTime(Prisma.sql`coalesce(r."startedAt", 'epoch')`, ({ runId, runStartedAt }) =>
    runId === null ? never : runStartedAt,
  ),
};
