import { expect, it } from 'vitest';
import { freePlace } from './free-place.js';

const size = { width: 232, height: 64 };
const box = (id: string, x: number, y: number, height = 64) => ({ id, x, y, width: 232, height });

it('leaves a place that is free', () => {
  expect(freePlace({ x: 0, y: 0 }, size, [box('a', 0, 100), box('b', 240, 0)])).toEqual({
    x: 0,
    y: 0,
  });
});

it('goes down past all that lie there', () => {
  const boxes = [box('b', 100, 90, 128), box('a', 0, 0), box('far', 0, 900)];
  expect(freePlace({ x: 0, y: 0 }, size, boxes)).toEqual({ x: 0, y: 242 });
});
