import { AppError } from '../errors/app-error.js';

/** The last item of a page in a list that is ordered by time and id. */
export type Position = { at: Date; id: string };

/** A position as clients hand it back; what is in it is nobody's business. */
export function encodeCursor({ at, id }: Position): string {
  return Buffer.from(JSON.stringify([at.getTime(), id])).toString('base64url');
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

const isTime = (value: unknown): value is number =>
  Number.isInteger(value) && Math.abs(value as number) < 1e14;
const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 300 && /^[\w-]+$/.test(value);

/** @throws AppError `bad_request` where the text is no cursor of ours */
export function decodeCursor(cursor: string): Position {
  const parts = parse(cursor);
  if (Array.isArray(parts) && parts.length === 2 && isTime(parts[0]) && isId(parts[1])) {
    return { at: new Date(parts[0]), id: parts[1] };
  }
  const detail = 'The cursor is none of ours: send nextCursor of the page before as it came.';
  throw new AppError('bad_request', detail);
}

/**
 * One page of rows of which one more than `limit` was read.
 * @param positionOf where a row stands in the list
 */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => Position,
  toItem: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    items: shown.map(toItem),
    nextCursor: hasMore ? encodeCursor(positionOf(last)) : null,
  };
}
