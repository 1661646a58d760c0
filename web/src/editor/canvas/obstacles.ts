import type { Box } from '../commands/arrange.js';
import type { Point } from '../commands/nodes.js';

/** What stands in the way of wires. */
export type Obstacles = {
  /** The boxes that a straight line between two points goes through; it runs along an axis. */
  between(a: Point, b: Point): Iterable<Box>;
};

/** Boxes by where they are, so that a line only meets those near it, however many there are. */
export type BoxIndex = Obstacles & {
  /** Puts a box where it is now. */
  set(box: Box): void;
  delete(id: string): void;
  /** Is told of where boxes come, go and were. @returns ends that */
  onChange(listener: (box: Box) => void): () => void;
};

const cell = 400;
const cellOf = (value: number) => Math.floor(value / cell);
/** As many cells lie in a row of them; a canvas is smaller. */
const across = 65_536;

function* cellsOf(left: number, top: number, right: number, bottom: number): Iterable<number> {
  for (let column = cellOf(left); column <= cellOf(right); column += 1) {
    for (let row = cellOf(top); row <= cellOf(bottom); row += 1) yield row * across + column;
  }
}

const cellsOfBox = ({ x, y, width, height }: Box) => cellsOf(x, y, x + width, y + height);

/** An index of boxes that move. */
export function createBoxIndex(): BoxIndex {
  const boxes = new Map<string, Box>();
  const cells = new Map<number, Set<Box>>();
  const listeners = new Set<(box: Box) => void>();
  const tell = (box: Box) => {
    for (const listener of listeners) listener(box);
  };

  const remove = (id: string) => {
    const known = boxes.get(id);
    if (!known) return;
    boxes.delete(id);
    for (const at of cellsOfBox(known)) cells.get(at)?.delete(known);
    tell(known);
  };

  return {
    set(box) {
      const known = boxes.get(box.id);
      const isSame =
        known?.x === box.x &&
        known.y === box.y &&
        known.width === box.width &&
        known.height === box.height;
      if (isSame) return;
      remove(box.id);
      boxes.set(box.id, box);
      for (const at of cellsOfBox(box)) {
        const held = cells.get(at);
        if (held) held.add(box);
        else cells.set(at, new Set([box]));
      }
      tell(box);
    },
    delete: remove,
    between(a, b) {
      const [left, right] = a.x < b.x ? [a.x, b.x] : [b.x, a.x];
      const [top, bottom] = a.y < b.y ? [a.y, b.y] : [b.y, a.y];
      const met = new Set<Box>();
      for (const at of cellsOf(left, top, right, bottom)) {
        for (const box of cells.get(at) ?? []) {
          const { x, y, width, height } = box;
          if (right > x && left < x + width && bottom > y && top < y + height) met.add(box);
        }
      }
      return met;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
