import { signal, type ReadonlySignal } from '@preact/signals';
import type { Box } from '../commands/arrange.js';
import { boundsOf, type Guide, movedBox, nearTo, pulled, sharedLines } from './guides.js';
import type { Point } from '../commands/nodes.js';

/** Places snap to it, so that what looks aligned is. */
const grid = 8;
/** Pixels of the screen within which a line of another card pulls. */
const reach = 6;

const toGrid = (value: number) => Math.round(value / grid) * grid;

/** Where what is dragged is held: at lines of the cards near it, else at the grid. */
export type Snapping = {
  guides: ReadonlySignal<readonly Guide[]>;
  /**
   * Begins a drag.
   * @param from where the card that was pressed is
   * @returns how far the drag moves things, told how far the pointer went, the zoom, and whether
   * it is held at nothing
   */
  begin(
    from: Point,
    dragged: readonly Box[],
    others: readonly Box[],
  ): (by: Point, k: number, isFree: boolean) => Point;
  /** Takes the guides away. */
  end(): void;
};

/** The snapping of one canvas. */
export function createSnapping(): Snapping {
  const guides = signal<readonly Guide[]>([]);
  return {
    guides,
    begin(from, dragged, others) {
      const bounds = boundsOf(dragged);
      return (by, k, isFree) => {
        if (isFree) {
          guides.value = [];
          return { x: Math.round(by.x), y: Math.round(by.y) };
        }
        const at = movedBox(bounds, by);
        const near = nearTo(at, others);
        const pull = pulled(at, near, reach / k);
        const held = {
          x: pull.x === undefined ? toGrid(from.x + by.x) - from.x : by.x + pull.x,
          y: pull.y === undefined ? toGrid(from.y + by.y) - from.y : by.y + pull.y,
        };
        guides.value = sharedLines(movedBox(bounds, held), near);
        return held;
      };
    },
    end() {
      guides.value = [];
    },
  };
}
