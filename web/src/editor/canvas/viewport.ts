import type { Direction } from '@crmflow/layout';
import type { ReadonlySignal } from '@preact/signals';
import type { Box } from '../commands/arrange.js';
import type { Point } from '../commands/nodes.js';

/** Where the canvas's origin is on the screen, in pixels of its frame, and how large a unit is. */
export type Transform = Point & { k: number };

/** The part of the canvas that is seen. */
export type Viewport = {
  transform: ReadonlySignal<Transform>;
  /** Zooms about a place of the frame; about its middle where none is given. */
  zoomTo(k: number, about?: Point): void;
  panBy(by: Point): void;
  /**
   * Shows all boxes, at most at their own size. Where they would be smaller than a least zoom, it
   * shows the first one there, and what follows as far as there is room.
   */
  fit(boxes: readonly Box[], least?: number, direction?: Direction): void;
  /** Brings a box into the middle, at this zoom or at the least one that is named. */
  center(box: Box, least?: number): void;
  /** A place of the window on the canvas. */
  toCanvas(client: Point): Point;
  /** Size of the frame in pixels. */
  size(): { width: number; height: number };
};

/** How far one can zoom. */
const zoomRange = { least: 0.02, most: 2 } as const;

/** A zoom within the range. */
export function withinZoom(k: number): number {
  return Math.min(Math.max(k, zoomRange.least), zoomRange.most);
}

/** The transform by which a box fills a frame, with a margin, at most at its own size. */
export function fitted(
  boxes: readonly Box[],
  frame: { width: number; height: number },
  margin = 48,
): Transform {
  if (boxes.length === 0) return { x: frame.width / 2, y: frame.height / 2, k: 1 };
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  const across = (frame.width - 2 * margin) / (right - left);
  const down = (frame.height - 2 * margin) / (bottom - top);
  const k = withinZoom(Math.min(across, down, 1));
  return {
    k,
    x: frame.width / 2 - ((left + right) / 2) * k,
    y: frame.height / 2 - ((top + bottom) / 2) * k,
  };
}

const between = ([a, b]: Fingers) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const apart = ([a, b]: Fingers) => Math.max(Math.hypot(a.x - b.x, a.y - b.y), 1);

/** Where two fingers are. */
export type Fingers = readonly [Point, Point];

/**
 * The transform after two fingers have moved: what was between them stays between them, and is as
 * much larger as they are further apart.
 * @param before where they were, in pixels of the frame, as `after`
 */
export function pinched({ x, y, k }: Transform, before: Fingers, after: Fingers): Transform {
  const next = withinZoom((k * apart(after)) / apart(before));
  const [from, to] = [between(before), between(after)];
  const ratio = next / k;
  return { k: next, x: to.x - (from.x - x) * ratio, y: to.y - (from.y - y) * ratio };
}

/**
 * The transform by which a box is where a drawing begins: at the top of a frame, or on its left and
 * halfway down.
 */
export function begunAt(
  box: Box,
  frame: { width: number; height: number },
  k: number,
  direction: Direction = 'right',
  margin = 48,
): Transform {
  if (direction === 'right') {
    return { k, x: margin - box.x * k, y: frame.height / 2 - (box.y + box.height / 2) * k };
  }
  // What leads aside lies to the right: a third of the room is left of the middle of the way.
  const left = Math.max(frame.width / 3 - (box.width / 2) * k, 24);
  return { k, x: left - box.x * k, y: margin - box.y * k };
}
