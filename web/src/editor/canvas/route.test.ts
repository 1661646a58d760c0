import { describe, expect, it } from 'vitest';
import type { Box } from '../commands/arrange.js';
import { createBoxIndex } from './obstacles.js';
import { middleOf, roundedPath, route } from './route.js';

const box = (id: string, x: number, y: number, height = 100): Box => ({
  ...{ id, x, y, width: 300, height },
});
const around = (...boxes: Box[]) => {
  const index = createBoxIndex();
  for (const one of boxes) index.set(one);
  return index;
};
/** The cards that a way goes through. */
function met(points: ReturnType<typeof route>, index: ReturnType<typeof around>): string[] {
  const ids = points
    .slice(1)
    .flatMap((b, at) => [...index.between(points[at] ?? b, b)].map(({ id }) => id));
  return [...new Set(ids)];
}
const below = (from: Box, to: Box) => ({
  from: { x: from.x + 32, y: from.y + from.height },
  to: { x: to.x + 32, y: to.y },
  side: 'bottom' as const,
});

describe('the way of a wire', () => {
  it('is straight between cards in line', () => {
    const [a, b] = [box('a', 0, 0), box('b', 0, 160)];
    expect(route(below(a, b), 'down', around(a, b))).toHaveLength(2);
  });

  it('turns twice to a card that is further to the side, above it', () => {
    const [a, b] = [box('a', 0, 0), box('b', 400, 160)];
    const index = around(a, b);
    const points = route(below(a, b), 'down', index);
    expect(points).toHaveLength(4);
    expect(met(points, index)).toEqual([]);
    expect(points.at(-2)?.x).toBe(432);
  });

  it('turns earlier the further to the right it leaves, so that ways side by side do not cross', () => {
    const from = { x: 122, y: 100 };
    const ends = { from, to: { x: 432, y: 200 }, side: 'bottom' as const };
    const turn = (track: number) => route({ ...ends, track }, 'down')[1]?.y ?? NaN;
    expect(turn(0)).toBeLessThan(turn(1));
    expect(turn(1)).toBeLessThan(turn(2));
  });

  it('leads around what stands in between', () => {
    const [a, b, c] = [box('a', 0, 0), box('b', 0, 160), box('c', 0, 320)];
    const index = around(a, b, c);
    expect(met(route(below(a, c), 'down', index), index)).toEqual([]);
    const wide = around(a, c, box('d', -200, 150), box('e', 110, 150));
    expect(met(route(below(a, c), 'down', wide), wide)).toEqual([]);
  });

  it('leads back at the side', () => {
    const [a, b, c] = [box('a', 0, 0), box('b', 0, 160), box('c', 0, 320)];
    const index = around(a, b, c);
    const points = route(below(c, a), 'down', index);
    expect(met(points, index)).toEqual([]);
    expect(Math.min(...points.map(({ x }) => x))).toBeLessThan(0);
  });

  it('goes aside from the side of a card, and around one that is in the way there', () => {
    const [a, b] = [box('a', 0, 0), box('b', 400, 60)];
    const ends = { from: { x: 300, y: 26 }, to: { x: 432, y: 60 }, side: 'right' as const };
    expect(route(ends, 'down', around(a, b))).toHaveLength(3);
    const far = { ...ends, to: { x: 900, y: 300 } };
    const index = around(a, b, box('c', 868, 300), box('d', 500, 0));
    expect(met(route(far, 'down', index), index)).toEqual([]);
  });

  it('is the same to the right, turned', () => {
    const ends = { from: { x: 300, y: 32 }, to: { x: 400, y: 32 }, side: 'right' as const };
    expect(route(ends, 'right')).toEqual([ends.from, ends.to]);
  });
});

it('rounds corners, no more than half of what leads to them', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 0, y: 8 },
    { x: 100, y: 8 },
  ];
  expect(roundedPath(points)).toBe('M 0 0 L 0 4 Q 0 8 4 8 L 100 8');
  expect(middleOf(points)).toEqual({ x: 46, y: 8 });
});

describe('the index of boxes', () => {
  it('knows where they are now, and tells where they were', () => {
    const index = createBoxIndex();
    const told: number[] = [];
    const end = index.onChange(({ x }) => told.push(x));
    index.set(box('a', 0, 0));
    index.set(box('a', 0, 0));
    index.set(box('a', 900, 0));
    const hits = (x: number) => [...index.between({ x, y: -10 }, { x, y: 200 })].length;
    expect([hits(100), hits(1000)]).toEqual([0, 1]);
    index.delete('a');
    expect(hits(1000)).toBe(0);
    end();
    index.set(box('b', 5, 0));
    expect(told).toEqual([0, 0, 900, 900]);
  });
});
