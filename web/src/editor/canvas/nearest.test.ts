import { describe, expect, it } from 'vitest';
import { nearest } from './nearest.js';

const box = (id: string, x: number, y: number) => ({ id, x, y, width: 200, height: 64 });
const boxes = [box('a', 0, 0), box('b', 300, 0), box('c', 300, 200), box('d', 600, 20)];
const from = (id: string) => boxes.find((one) => one.id === id) ?? box('?', 0, 0);

describe('the node that lies beside another', () => {
  it.each([
    ['a', 'right', 'b'],
    ['b', 'right', 'd'],
    ['b', 'down', 'c'],
    ['c', 'up', 'b'],
    ['d', 'left', 'b'],
    ['a', 'left', undefined],
  ] as const)('from %s to the %s is %s', (id, direction, expected) => {
    expect(nearest(from(id), boxes, direction)?.id).toBe(expected);
  });
});
