import type { Direction, Point } from './card.js';
import { spine } from './card.js';

/** A card on the canvas: its size in canvas units. */
export type LayoutNode = { id: string; width: number; height: number };

/** A wire from one card to another. */
export type LayoutEdge = {
  source: string;
  target: string;
  /** Where it leaves its card: how far across the direction of the drawing, from the card's corner. */
  across: number;
  /** For what leads aside: how far along the direction it leaves, from the card's corner. */
  aside?: number;
};

type Size = { along: number; across: number };

/** Cards are on this grid along the drawing, as those that people move by hand. */
const grid = 20;
const margin = 80;
/** How far apart cards are: along the drawing, and across it. */
const gaps = { down: { along: 56, across: 100 }, right: { along: 100, across: 60 } } as const;
/** What several wires of a card need to part, each. */
const trackGap = 12;
/** How much lower than the handle that leads aside the card is that it leads to. */
const asideDrop = 34;

type Graph = {
  ids: readonly string[];
  size: (id: string) => Size;
  /** Wires that lead forward, those of the way ahead first. */
  forward: Map<string, LayoutEdge[]>;
  /** Before each card those that lead to it. */
  order: string[];
  /** As one comes to them, along the first way out of each. */
  met: string[];
  roots: string[];
};

/** Goes through the graph once: finds what leads back, and an order in which nothing does. */
function walk(ids: readonly string[], out: ReadonlyMap<string, LayoutEdge[]>) {
  const forward = new Map<string, LayoutEdge[]>(ids.map((id) => [id, []]));
  const state = new Map<string, 'open' | 'done'>();
  const entered = new Set([...out.values()].flat().map(({ target }) => target));
  const order: string[] = [];
  const roots: string[] = [];
  const met: string[] = [];
  const from = (root: string) => {
    roots.push(root);
    met.push(root);
    state.set(root, 'open');
    const path = [{ id: root, next: 0 }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const edge = out.get(top.id)?.[top.next];
      if (!edge) {
        state.set(top.id, 'done');
        order.push(top.id);
        path.pop();
        continue;
      }
      top.next += 1;
      const seen = state.get(edge.target);
      if (seen === 'open') continue;
      forward.get(top.id)?.push(edge);
      if (seen) continue;
      state.set(edge.target, 'open');
      met.push(edge.target);
      path.push({ id: edge.target, next: 0 });
    }
  };
  for (const id of ids) if (!entered.has(id)) from(id);
  for (const id of ids) if (!state.has(id)) from(id);
  return { forward, order: order.reverse(), met, roots };
}

const isAside = ({ aside }: LayoutEdge) => aside !== undefined;

function graphOf(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  direction: Direction,
): Graph {
  const sizes = new Map(
    nodes.map(({ id, width, height }): [string, Size] => [
      id,
      direction === 'down' ? { along: height, across: width } : { along: width, across: height },
    ]),
  );
  const out = new Map<string, LayoutEdge[]>();
  for (const edge of edges) {
    const { source, target } = edge;
    if (!sizes.has(source) || !sizes.has(target) || source === target) continue;
    out.set(source, [...(out.get(source) ?? []), edge]);
  }
  for (const [id, some] of out) {
    out.set(id, [...some.filter((one) => !isAside(one)), ...some.filter(isAside)]);
  }
  const ids = nodes.map(({ id }) => id);
  const size = (id: string) => sizes.get(id) ?? { along: 0, across: 0 };
  return { ids, size, ...walk(ids, out) };
}

/** How far along each card lies: behind all that lead to it. */
function placeAlong({ order, forward, size }: Graph, gap: number): Map<string, number> {
  const along = new Map(order.map((id) => [id, 0]));
  for (const id of order) {
    const at = along.get(id) ?? 0;
    const wires = forward.get(id) ?? [];
    const tracks = Math.max(wires.filter((one) => !isAside(one)).length - 1, 0) * trackGap;
    for (const { target, aside } of wires) {
      const least =
        aside === undefined ? at + size(id).along + gap + tracks : at + aside + asideDrop;
      along.set(target, Math.max(along.get(target) ?? 0, Math.ceil(least / grid) * grid));
    }
  }
  return along;
}

/**
 * Which wire each card hangs on: one that can be straight before others, one of the way ahead
 * before one that leads aside.
 */
function hangOn({ met, forward }: Graph): Map<string, LayoutEdge> {
  const rank = (edge: LayoutEdge, index: number) => (isAside(edge) ? 2 : index === 0 ? 0 : 1);
  const held = new Map<string, { edge: LayoutEdge; rank: number }>();
  for (const id of met) {
    for (const [index, edge] of (forward.get(id) ?? []).entries()) {
      const known = held.get(edge.target);
      const own = rank(edge, index);
      if (!known || own < known.rank) held.set(edge.target, { edge, rank: own });
    }
  }
  return new Map([...held].map(([id, { edge }]) => [id, edge]));
}

/** What a card and the wire that leads to it take up: from and to along, and from and to across. */
type Room = { id: string; from: number; to: number; left: number; right: number };

/** How far to the side one group must go to lie clear of another one. */
function clearOf(placed: readonly Room[], group: readonly Room[], gap: number): number {
  let by = -Infinity;
  for (const one of placed) {
    for (const other of group) {
      if (one.from < other.to && other.from < one.to) {
        by = Math.max(by, one.right + gap - other.left);
      }
    }
  }
  return by;
}

function shift(rooms: readonly Room[], by: number): void {
  if (by === 0) return;
  for (const room of rooms) {
    room.left += by;
    room.right += by;
  }
}

/**
 * Places what hangs on a card, from the end of each way back to its beginning: what leads on
 * stays in line, what leads elsewhere goes beside it, as near as it has room.
 * @returns a group for each card that hangs on none
 */
function groupsOf(graph: Graph, along: ReadonlyMap<string, number>, gap: number): Room[][] {
  const { order, forward, size, roots } = graph;
  const hung = hangOn(graph);
  const groups = new Map<string, Room[]>();

  for (const id of order.toReversed()) {
    const from = along.get(id) ?? 0;
    const end = from + size(id).along;
    const own = { id, from, to: end, left: 0, right: size(id).across };
    let rooms: Room[] = [own];
    for (const [index, edge] of (forward.get(id) ?? []).entries()) {
      const group = hung.get(edge.target) === edge ? groups.get(edge.target) : undefined;
      const [next] = group ?? [];
      if (!group || !next) continue;
      // The way of the wire is kept free, up to the card that it leads to.
      next.from = Math.min(next.from, isAside(edge) ? from : end);
      const least = isAside(edge) ? size(id).across + gap : edge.across - spine;
      shift(group, index === 0 ? least : Math.max(least, clearOf(rooms, group, gap)));
      if (index === 0 && rooms.length === 1) {
        group.unshift(own);
        rooms = group;
      } else rooms.push(...group);
    }
    groups.set(id, rooms);
  }
  return roots.map((root) => groups.get(root) ?? []);
}

/** How far across each card lies, and how far along those that nothing connects. */
function placeAcross(graph: Graph, along: Map<string, number>, gap: number): Map<string, number> {
  const all: Room[] = [];
  const loose: Room[] = [];
  for (const group of groupsOf(graph, along, gap)) {
    if (group.length === 1 && all.length > 0) {
      loose.push(...group);
      continue;
    }
    shift(group, Math.max(clearOf(all, group, gap), 0));
    all.push(...group);
  }
  const beside = Math.max(0, ...all.map(({ right }) => right + gap));
  let next = 0;
  for (const { id } of loose) {
    along.set(id, next);
    next = Math.ceil((next + graph.size(id).along + grid) / grid) * grid;
  }
  return new Map([
    ...all.map(({ id, left }): [string, number] => [id, left]),
    ...loose.map(({ id }): [string, number] => [id, beside]),
  ]);
}

/**
 * Lays a flow out along a direction. The first way out of each card leads straight on; others lie
 * beside it in their order, and what leads aside lies beside the card itself. Loops lead back. The
 * same graph is always laid out the same.
 * @param edges those of one card in the order of its handles
 * @returns for each node its upper left corner, none of them negative
 */
export function layOut(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  direction: Direction = 'down',
): Map<string, Point> {
  const graph = graphOf(nodes, edges, direction);
  const gap = gaps[direction];
  const along = placeAlong(graph, gap.along);
  const across = placeAcross(graph, along, gap.across);
  return new Map(
    graph.ids.map((id) => {
      const [a, b] = [(along.get(id) ?? 0) + margin, (across.get(id) ?? 0) + margin];
      return [id, direction === 'down' ? { x: b, y: a } : { x: a, y: b }];
    }),
  );
}
