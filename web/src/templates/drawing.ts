import type { NodeType, Template } from '@crmflow/contracts';
import { cardWidths, type Direction, handleStep, spine } from '@crmflow/layout';
import { arrowHead, roundedPath, route } from '../editor/canvas/route.js';
import { createBoxIndex } from '../editor/canvas/obstacles.js';

type Card = {
  id: string;
  type: NodeType;
  label: string;
  x: number;
  y: number;
  width: number;
  height: number;
};

/** A flow as shapes. Lengths are in units of the canvas. */
export type Drawing = {
  direction: Direction;
  cards: Card[];
  /** Each the `d` of a path. */
  wires: string[];
  box: { x: number; y: number; width: number; height: number };
};

const headHeight = 64;
const rowHeight = 26;
/** From a card to the one below it, as flows are laid out. */
const below = 56;
/** What a card of a drawing that runs down is high at most. */
const mostHeight = 260;
/** Around everything. */
const margin = 40;

type Edges = Template['edges'];

/** Which way a flow is drawn whose handles are not known. */
function directionOf(nodes: Template['nodes'], edges: Edges): Direction {
  const placeOf = new Map(nodes.map(({ id, position }) => [id, position]));
  const down = edges.filter(({ source, target }) => {
    const [from, to] = [placeOf.get(source), placeOf.get(target)];
    return from && to && to.y > from.y && Math.abs(to.x - from.x) < cardWidths.right;
  });
  return down.length * 2 > edges.length ? 'down' : 'right';
}

const exceptions = ['timeout', 'invalid', 'error'];

/** Places the cards and edges of a flow, by its nodes' positions and the handles that lead on. */
export function drawingOf({ nodes, edges }: Pick<Template, 'nodes' | 'edges'>): Drawing {
  const direction = directionOf(nodes, edges);
  const placeOf = new Map(nodes.map(({ id, position }) => [id, position]));
  const leaving = new Map<string, Edges>();
  for (const edge of edges) {
    leaving.set(edge.source, [...(leaving.get(edge.source) ?? []), edge]);
  }
  /** As high as leaves room for the wire to what comes next: what a card says is not known here. */
  const tallHeight = (id: string, { x, y }: { x: number; y: number }) => {
    const ahead = (leaving.get(id) ?? []).flatMap(({ target }) => {
      const to = placeOf.get(target);
      return to && Math.abs(to.x - x) < cardWidths.down && to.y > y ? [to.y - y - below] : [];
    });
    return Math.min(Math.max(headHeight, Math.min(...ahead, mostHeight / 2)), mostHeight);
  };
  const cards = nodes.map(({ id, type, label, position }): Card => {
    const rows = leaving.get(id)?.length ?? 0;
    const flatHeight = headHeight + (rows > 1 ? rows * rowHeight : 0);
    const height = direction === 'down' ? tallHeight(id, position) : flatHeight;
    return { id, type, label, ...position, width: cardWidths[direction], height };
  });
  const cardOf = new Map(cards.map((card) => [card.id, card]));
  const boxes = createBoxIndex();
  for (const card of cards) boxes.set(card);

  const endsOf = (from: Card, to: Card, handle: string) => {
    const handles = (leaving.get(from.id) ?? []).map(({ sourceHandle }) => sourceHandle);
    if (direction === 'right') {
      const row = handles.length > 1 ? handles.indexOf(handle) + 1 : 0;
      const down = row === 0 ? spine : headHeight + (row - 0.5) * rowHeight;
      const start = { x: from.x + from.width, y: from.y + down };
      return { from: start, to: { x: to.x, y: to.y + spine }, side: 'right' as const };
    }
    const end = { x: to.x + spine, y: to.y };
    if (from.type !== 'logic' && exceptions.includes(handle)) {
      const start = { x: from.x + from.width, y: from.y + spine };
      return { from: start, to: end, side: 'right' as const };
    }
    const mains = handles.filter((one) => from.type === 'logic' || !exceptions.includes(one));
    const across = spine + mains.indexOf(handle) * handleStep(mains.length);
    const start = { x: from.x + across, y: from.y + from.height };
    return { from: start, to: end, side: 'bottom' as const };
  };
  const wires = edges.flatMap(({ source, sourceHandle, target }) => {
    const [from, to] = [cardOf.get(source), cardOf.get(target)];
    if (!from || !to) return [];
    const ends = endsOf(from, to, sourceHandle);
    return [`${roundedPath(route(ends, direction, boxes))} ${arrowHead(ends.to, direction)}`];
  });
  return { direction, cards, wires, box: boxAround(cards) };
}

/** How much of a flow a small picture shows, at least: some columns of cards and a bit. */
const sightWidths: Record<Direction, number> = { down: 1000, right: 1100 };

/**
 * The part of a drawing that is worth a small picture: where most cards are, the first such place.
 * @param aspect the picture's width by its height
 */
export function sightOf({ cards, box, direction }: Drawing, aspect: number): Drawing['box'] {
  const sightWidth = sightWidths[direction];
  if (direction === 'down') {
    const height = sightWidth / aspect;
    const inside = (top: number) =>
      cards.filter(({ y }) => y >= top && y <= top + height - 2 * margin);
    const tops = cards.map(({ y }) => y - margin / 2).sort((a, b) => a - b);
    const top = tops.reduce(
      (best, start) => (inside(start).length > inside(best).length ? start : best),
      box.y,
    );
    const seen = boxAround(inside(top));
    const x = Math.min(seen.x, seen.x + (seen.width - sightWidth) / 2);
    return { x, y: top, width: sightWidth, height };
  }
  const within = (left: number) =>
    cards.filter(({ x, width }) => x >= left && x + width <= left + sightWidth);
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

function boxAround(cards: readonly Card[]): Drawing['box'] {
  if (cards.length === 0) return { x: 0, y: 0, width: 2 * margin, height: 2 * margin };
  const left = Math.min(...cards.map(({ x }) => x)) - margin;
  const top = Math.min(...cards.map(({ y }) => y)) - margin;
  const right = Math.max(...cards.map(({ x, width }) => x + width)) + margin;
  const bottom = Math.max(...cards.map(({ y, height }) => y + height)) + margin;
  return { x: left, y: top, width: right - left, height: bottom - top };
}
