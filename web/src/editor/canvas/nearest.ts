import type { Box } from '../commands/arrange.js';

/** Which way somebody goes on the canvas. */
export type Direction = 'left' | 'right' | 'up' | 'down';

const ways = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
} as const;

const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });

/** What lies aside counts more than what lies ahead: one goes straight where one can. */
const asideWeight = 2;

/** The box that one comes to from another one; undefined where none lies that way. */
export function nearest(from: Box, boxes: readonly Box[], direction: Direction): Box | undefined {
  const way = ways[direction];
  const start = middle(from);
  let best: { box: Box; distance: number } | undefined;
  for (const box of boxes) {
    if (box.id === from.id) continue;
    const to = middle(box);
    const ahead = (to.x - start.x) * way.x + (to.y - start.y) * way.y;
    const aside = Math.abs((to.x - start.x) * way.y) + Math.abs((to.y - start.y) * way.x);
    if (ahead <= 0) continue;
    const distance = ahead + aside * asideWeight;
    if (!best || distance < best.distance) best = { box, distance };
  }
  return best?.box;
}
