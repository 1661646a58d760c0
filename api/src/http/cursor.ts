import { cursorPattern } from '@crmflow/contracts';
import { AppError } from '../errors/app-error.js';

/** The last item of a page in a list that is ordered by time and id. */
export type Position = { at: Date; id: string };

/** A position as clients hand it back. */
export function encodeCursor({ at, id }: Position): string {
  return `${at.getTime()}_${id}`;
}

/** @throws AppError `bad_request` where the text is no cursor of ours */
export function decodeCursor(cursor: string): Position {
  const [, ms, id] = cursorPattern.exec(cursor) ?? [];
  if (ms !== undefined && id !== undefined) return { at: new Date(Number(ms)), id };
  const detail = 'The cursor is not valid. Send `nextCursor` of the previous page unchanged.';
  throw new AppError('bad_request', detail);
}

/**
 * Where a list goes on, as two parameters of a query: nulls where it begins.
 * @throws AppError `bad_request`
 */
export function cursorParams(cursor: string | undefined): { at: Date | null; id: string | null } {
  return cursor === undefined ? { at: null, id: null } : decodeCursor(cursor);
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
