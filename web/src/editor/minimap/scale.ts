import type { Box } from '../commands/arrange.js';
import type { Point } from '../commands/nodes.js';

/** How a part of the canvas is drawn small: a canvas point p is at `(p - from) * by + margin`. */
export type Scale = { from: Point; by: number; margin: Point };

/** Draws all boxes into a small frame, in its middle. @param frame in pixels */
export function scaleOf(
  boxes: readonly Box[],
  frame: { width: number; height: number },
  padding = 6,
): Scale {
  if (boxes.length === 0) return { from: { x: 0, y: 0 }, by: 0.05, margin: { x: 0, y: 0 } };
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  const by = Math.min(
    (frame.width - 2 * padding) / (right - left),
    (frame.height - 2 * padding) / (bottom - top),
    0.12,
  );
  return {
    from: { x: left, y: top },
    by,
    margin: {
      x: (frame.width - (right - left) * by) / 2,
      y: (frame.height - (bottom - top) * by) / 2,
    },
  };
}

/** A point of the canvas in the small picture. */
export const toSmall = ({ from, by, margin }: Scale, { x, y }: Point): Point => ({
  x: (x - from.x) * by + margin.x,
  y: (y - from.y) * by + margin.y,
});

/** A point of the small picture on the canvas. */
export const toLarge = ({ from, by, margin }: Scale, { x, y }: Point): Point => ({
  x: (x - margin.x) / by + from.x,
  y: (y - margin.y) / by + from.y,
});
