import { describe, expect, it } from 'vitest';
import { boundsOf, nearTo, pulled, sharedLines } from './guides.js';

const box = (id: string, x: number, y: number, width = 200, height = 64) => ({
  id,
  x,
  y,
  width,
  height,
});

describe('pulling a dragged box into line', () => {
  it('takes the nearest of sides and middles, each axis on its own', () => {
    const near = [box('a', 0, 0), box('b', 600, 300, 200, 128)];
    expect(pulled(box('d', 3, 200), near, 6)).toEqual({ x: -3, y: undefined });
    expect(pulled(box('d', 3, 200), [...near, box('c', 8, 100)], 6).x).toBe(-3);
    expect(pulled(box('d', 5, 200), [...near, box('c', 8, 100)], 6).x).toBe(3);
    // Its middle with the middle of b, which is nearer than any side.
    expect(pulled(box('d', 1000, 334), near, 6)).toEqual({ x: undefined, y: -2 });
  });

  it('leaves it where nothing is in reach', () => {
    expect(pulled(box('d', 20, 200), [box('a', 0, 0)], 6)).toEqual({ x: undefined, y: undefined });
    expect(pulled(box('d', 0, 0), [], 6)).toEqual({ x: undefined, y: undefined });
  });
});

it('draws a line from end to end of all that share it', () => {
  const near = [box('a', 0, 0), box('b', 0, 400), box('c', 700, 30)];
  expect(sharedLines(box('d', 0, 200), near)).toEqual([
    { axis: 'x', at: 0, from: 0, to: 464 },
    { axis: 'x', at: 200, from: 0, to: 464 },
  ]);
  expect(sharedLines(box('d', 300, 200), near)).toEqual([]);
});

it('asks those near only', () => {
  const boxes = [box('near', 500, 0), box('far', 1400, 0), box('below', 0, 1400)];
  expect(nearTo(box('d', 0, 0), boxes).map(({ id }) => id)).toEqual(['near']);
});

it('puts a box around boxes', () => {
  expect(boundsOf([box('a', 0, 10), box('b', 300, 100)])).toEqual(box('', 0, 10, 500, 154));
});
