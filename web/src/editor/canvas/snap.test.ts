import { expect, it } from 'vitest';
import { createSnapping } from './snap.js';

const box = (id: string, x: number, y: number) => ({ id, x, y, width: 232, height: 64 });
const from = { x: 0, y: 0 };

it('holds what is dragged at the grid, and at the lines of cards near it', () => {
  const snapping = createSnapping();
  const move = snapping.begin(from, [box('a', 0, 0)], [box('b', 301, 203)]);
  expect(move({ x: 50, y: 61 }, 1, false)).toEqual({ x: 48, y: 64 });
  expect(snapping.guides.value).toEqual([]);
  expect(move({ x: 50, y: 200 }, 1, false)).toEqual({ x: 48, y: 203 });
  expect(snapping.guides.value.map(({ at }) => at)).toEqual([203, 267]);
  snapping.end();
  expect(snapping.guides.value).toEqual([]);
});

it('pulls as far on the screen at every zoom', () => {
  const move = createSnapping().begin(from, [box('a', 0, 0)], [box('b', 301, 211)]);
  expect(move({ x: 0, y: 200 }, 1, false).y).toBe(200);
  expect(move({ x: 0, y: 200 }, 0.5, false).y).toBe(211);
});

it('holds it at nothing where that is wished', () => {
  const snapping = createSnapping();
  const move = snapping.begin(from, [box('a', 0, 0)], [box('b', 301, 203)]);
  expect(move({ x: 50, y: 201.4 }, 1, true)).toEqual({ x: 50, y: 201 });
  expect(snapping.guides.value).toEqual([]);
});
