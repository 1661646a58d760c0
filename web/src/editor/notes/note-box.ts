import type { FlowNote } from '@crmflow/contracts';
import { nodeBoxes } from '../canvas/geometry.js';
import type { Box } from '../commands/arrange.js';
import type { DocumentReader } from '../model/store.js';

/** Sizes of a note, in units of the canvas; its stylesheet uses the same ones. */
const width = 220;
const lineHeight = 20;
const padding = 24;
/** About as many letters stand in a line. */
const lineLength = 27;

/** The box of a note; its height is reckoned and not measured. */
export function noteBox({ id, text, position }: FlowNote): Box {
  const lines = text.split('\n').map((line) => Math.max(Math.ceil(line.length / lineLength), 1));
  const height = lines.reduce((sum, count) => sum + count, 0) * lineHeight + padding;
  return { id, ...position, width, height };
}

/** The boxes of what is dragged, and those of all that is not. */
export function boxesApart(
  document: DocumentReader,
  dragged: { nodes: ReadonlyMap<string, unknown>; notes: ReadonlyMap<string, unknown> },
): { dragged: Box[]; others: Box[] } {
  const nodes = nodeBoxes(document);
  const notes = document.notes().map(noteBox);
  return {
    dragged: [
      ...nodes.filter(({ id }) => dragged.nodes.has(id)),
      ...notes.filter(({ id }) => dragged.notes.has(id)),
    ],
    others: [
      ...nodes.filter(({ id }) => !dragged.nodes.has(id)),
      ...notes.filter(({ id }) => !dragged.notes.has(id)),
    ],
  };
}

/** The boxes of all that is on the canvas. */
export function allBoxes(document: DocumentReader): Box[] {
  return [...nodeBoxes(document), ...document.notes().map(noteBox)];
}
