import type { Box } from '../commands/arrange.js';
import type { Point } from '../commands/nodes.js';

/** A line that shows what a dragged node is in line with; `at` is across it. */
export type Guide = { axis: 'x' | 'y'; at: number; from: number; to: number };

type Axis = Guide['axis'];

/** Units of the canvas around a dragged box in which others count: what is far tells nothing. */
const around = 480;

const size = { x: 'width', y: 'height' } as const;
const other = { x: 'y', y: 'x' } as const;

/** Both sides and the middle of a box. */
const lines = (box: Box, axis: Axis) => {
  const start = box[axis];
  const length = box[size[axis]];
  return [start, start + length / 2, start + length];
};

/** The box around boxes. */
export function boundsOf(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const width = Math.max(...boxes.map((box) => box.x + box.width)) - x;
  const height = Math.max(...boxes.map((box) => box.y + box.height)) - y;
  return { id: '', x, y, width, height };
}

/** The boxes near another one. */
export function nearTo(box: Box, boxes: readonly Box[]): Box[] {
  return boxes.filter(
    (one) =>
      one.x < box.x + box.width + around &&
      one.x + one.width > box.x - around &&
      one.y < box.y + box.height + around &&
      one.y + one.height > box.y - around,
  );
}

/** How far a box is to move so that a line of it is one of another's; undefined where none is near. */
function pull(box: Box, near: readonly Box[], axis: Axis, reach: number): number | undefined {
  let best: number | undefined;
  const mine = lines(box, axis);
  for (const one of near) {
    for (const to of lines(one, axis)) {
      for (const from of mine) {
        const by = to - from;
        if (Math.abs(by) <= reach && (best === undefined || Math.abs(by) < Math.abs(best)))
          best = by;
      }
    }
  }
  return best;
}

const isSame = (a: number, b: number) => Math.abs(a - b) < 0.01;

function guidesOf(box: Box, near: readonly Box[], axis: Axis): Guide[] {
  const along = other[axis];
  const shared = lines(box, axis).flatMap((at) => {
    const inLine = near.filter((one) => lines(one, axis).some((line) => isSame(line, at)));
    if (inLine.length === 0) return [];
    const ends = [box, ...inLine].flatMap((one) => [one[along], one[along] + one[size[along]]]);
    return [{ axis, at, from: Math.min(...ends), to: Math.max(...ends) }];
  });
  // Of boxes of one size all three are shared: the sides say it.
  return shared.length === 3 ? shared.filter((_, index) => index !== 1) : shared;
}

/**
 * Pulls a box that is dragged into line with the sides and middles of those near it.
 * @param reach how far it lets itself be pulled, in units of the canvas
 * @returns how far it is pulled by axis, absent where nothing is in reach
 */
export function pulled(
  box: Box,
  near: readonly Box[],
  reach: number,
): { x: number | undefined; y: number | undefined } {
  return { x: pull(box, near, 'x', reach), y: pull(box, near, 'y', reach) };
}

/** The lines that a box shares with those near it. */
export function sharedLines(box: Box, near: readonly Box[]): Guide[] {
  return [...guidesOf(box, near, 'x'), ...guidesOf(box, near, 'y')];
}

/** A box elsewhere. */
export function movedBox(box: Box, by: Point): Box {
  return { ...box, x: box.x + by.x, y: box.y + by.y };
}
