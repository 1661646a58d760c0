import type { Box } from '../commands/arrange.js';
import type { Point } from '../commands/nodes.js';

const gap = 24;

const overlaps = (a: Omit<Box, 'id'>, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** The place nearest below a wished one where a card lies over no other. */
export function freePlace(
  { x, y }: Point,
  { width, height }: Pick<Box, 'width' | 'height'>,
  boxes: readonly Box[],
): Point {
  const below = boxes
    .filter((box) => x < box.x + box.width && box.x < x + width)
    .toSorted((a, b) => a.y + a.height - (b.y + b.height));
  let free = y;
  for (const box of below) {
    if (overlaps({ x, y: free, width, height }, box)) free = box.y + box.height + gap;
  }
  return { x, y: free };
}
