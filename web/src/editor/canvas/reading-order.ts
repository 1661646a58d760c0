import type { Box } from '../commands/arrange.js';

/** Cards whose tops are no further apart than this stand in one row, in units of the canvas. */
const rowSlack = 48;

/** Ids of boxes as one reads them: row by row from the top, each from the left. */
export function readingOrder(boxes: readonly Box[]): string[] {
  const rows: { top: number; boxes: Box[] }[] = [];
  for (const box of boxes.toSorted((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    if (row && box.y - row.top <= rowSlack) row.boxes.push(box);
    else rows.push({ top: box.y, boxes: [box] });
  }
  return rows.flatMap((row) => row.boxes.toSorted((a, b) => a.x - b.x).map(({ id }) => id));
}
