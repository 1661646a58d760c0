import type { NodeType, Template } from '@crmflow/contracts';
import { cardWidth, edgePath } from '../editor/canvas/geometry.js';

/** A flow as shapes. Lengths are in units of the canvas. */
export type Drawing = {
  cards: { id: string; type: NodeType; label: string; x: number; y: number; height: number }[];
  /** Each the `d` of a path. */
  wires: string[];
  box: { x: number; y: number; width: number; height: number };
};

const headHeight = 64;
const rowHeight = 26;
/** Around everything. */
const margin = 40;

/** Places the cards and edges of a flow, by its nodes' positions and the handles that lead on. */
export function drawingOf({ nodes, edges }: Pick<Template, 'nodes' | 'edges'>): Drawing {
  const handlesOf = new Map<string, string[]>();
  for (const { source, sourceHandle } of edges) {
    handlesOf.set(source, [...(handlesOf.get(source) ?? []), sourceHandle]);
  }
  const cards = nodes.map(({ id, type, label, position }) => {
    const rows = handlesOf.get(id)?.length ?? 0;
    return { id, type, label, ...position, height: headHeight + (rows > 1 ? rows * rowHeight : 0) };
  });
  const cardOf = new Map(cards.map((card) => [card.id, card]));
  const wires = edges.flatMap(({ source, sourceHandle, target }) => {
    const [from, to] = [cardOf.get(source), cardOf.get(target)];
    if (!from || !to) return [];
    const handles = handlesOf.get(source) ?? [];
    const row = handles.length > 1 ? handles.indexOf(sourceHandle) + 1 : 0;
    const down = row === 0 ? headHeight / 2 : headHeight + (row - 0.5) * rowHeight;
    return [
      edgePath({ x: from.x + cardWidth, y: from.y + down }, { x: to.x, y: to.y + headHeight / 2 }),
    ];
  });
  return { cards, wires, box: boxAround(cards) };
}

/** How much of a flow a small picture shows, at least: three columns of cards and a bit. */
const sightWidth = 1100;

/**
 * The part of a drawing that is worth a small picture: where most cards are, the first such place.
 * @param aspect the picture's width by its height
 */
export function sightOf({ cards, box }: Drawing, aspect: number): Drawing['box'] {
  const within = (left: number) =>
    cards.filter(({ x }) => x >= left && x + cardWidth <= left + sightWidth);
  const starts = cards.map(({ x }) => x - margin).sort((a, b) => a - b);
  const left = starts.reduce(
    (best, start) => (within(start).length > within(best).length ? start : best),
    box.x,
  );
  const seen = boxAround(within(left));
  const width = Math.max(sightWidth, seen.height * aspect);
  const height = width / aspect;
  return {
    x: seen.x + seen.width / 2 - width / 2,
    y: seen.y + seen.height / 2 - height / 2,
    width,
    height,
  };
}

function boxAround(cards: Drawing['cards']): Drawing['box'] {
  if (cards.length === 0) return { x: 0, y: 0, width: 2 * margin, height: 2 * margin };
  const left = Math.min(...cards.map(({ x }) => x)) - margin;
  const top = Math.min(...cards.map(({ y }) => y)) - margin;
  const right = Math.max(...cards.map(({ x }) => x + cardWidth)) + margin;
  const bottom = Math.max(...cards.map(({ y, height }) => y + height)) + margin;
  return { x: left, y: top, width: right - left, height: bottom - top };
}
