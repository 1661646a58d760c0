import { expect, it } from 'vitest';
import { readingOrder } from './reading-order.js';

const box = (id: string, x: number, y: number) => ({ id, x, y, width: 232, height: 64 });

it('goes row by row from the top, and in each from the left, however crooked the row is', () => {
  const boxes = [box('d', 0, 200), box('c', 600, 0), box('a', 0, 40), box('b', 300, 16)];
  expect(readingOrder(boxes)).toEqual(['a', 'b', 'c', 'd']);
  expect(readingOrder([])).toEqual([]);
});
