import type { Diff } from '../model/diff.js';
import type { DocumentReader } from '../model/store.js';
import { type Point, placeNodes } from './nodes.js';

/** A node's box on the canvas. */
export type Box = Point & { id: string; width: number; height: number };

/** By which sides or middles nodes are put in line. */
export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom';

const horizontal: readonly Alignment[] = ['left', 'center', 'right'];
/** How much of a box lies before the line. */
const share = { left: 0, top: 0, center: 0.5, middle: 0.5, right: 1, bottom: 1 } as const;

/** Puts nodes in line with each other: on the edge, or the middle, of the box around them. */
export function align(document: DocumentReader, boxes: readonly Box[], alignment: Alignment): Diff {
  const isHorizontal = horizontal.includes(alignment);
  const start = (box: Box) => (isHorizontal ? box.x : box.y);
  const length = (box: Box) => (isHorizontal ? box.width : box.height);
  const first = Math.min(...boxes.map(start));
  const last = Math.max(...boxes.map((box) => start(box) + length(box)));
  const line = first + (last - first) * share[alignment];
  return placeNodes(
    document,
    new Map(
      boxes.map((box) => {
        const at = line - length(box) * share[alignment];
        return [box.id, isHorizontal ? { x: at, y: box.y } : { x: box.x, y: at }];
      }),
    ),
  );
}

/** Makes the gaps between nodes equal; the outer ones stay. Fewer than three stay as they are. */
export function distribute(
  document: DocumentReader,
  boxes: readonly Box[],
  direction: 'horizontal' | 'vertical',
): Diff {
  const isHorizontal = direction === 'horizontal';
  const start = (box: Box) => (isHorizontal ? box.x : box.y);
  const length = (box: Box) => (isHorizontal ? box.width : box.height);
  const sorted = boxes.toSorted((a, b) => start(a) - start(b));
  const first = sorted[0];
  const last = sorted.at(-1);
  if (!first || !last || sorted.length < 3) return new Map();
  const filled = sorted.reduce((sum, box) => sum + length(box), 0);
  const gap = (start(last) + length(last) - start(first) - filled) / (sorted.length - 1);
  const places = new Map<string, Point>();
  let at = start(first);
  for (const box of sorted) {
    places.set(box.id, isHorizontal ? { x: at, y: box.y } : { x: box.x, y: at });
    at += length(box) + gap;
  }
  return placeNodes(document, places);
}
