import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.js';
import { decodeCursor, encodeCursor, toPage } from './cursor.js';

const position = { at: new Date(1_700_000_000_123), id: 'run-1_a' };

describe('cursors', () => {
  it('come back as they went', () => {
    expect(decodeCursor(encodeCursor(position))).toEqual(position);
  });

  it.each([
    '',
    'x',
    '%00',
    '1',
    '1_',
    '_a',
    'a_1',
    '1.5_a',
    '-1_a',
    '123456789012345_a',
    '1_a\0',
    '1_a ',
    `1_${'a'.repeat(301)}`,
  ])('%s is none', (cursor) => {
    expect(() => decodeCursor(cursor)).toThrow(AppError);
  });
});

describe('toPage', () => {
  const rows = [1, 2, 3];
  const page = (limit: number) =>
    toPage(
      rows,
      limit,
      (row) => ({ at: new Date(row), id: `r${row}` }),
      (row) => row * 10,
    );

  it('tells the place of the last item where more was read', () => {
    expect(page(2).items).toEqual([10, 20]);
    expect(decodeCursor(page(2).nextCursor!)).toEqual({ at: new Date(2), id: 'r2' });
  });

  it('ends where no more was read', () => {
    expect(page(3)).toEqual({ items: [10, 20, 30], nextCursor: null });
  });
});
