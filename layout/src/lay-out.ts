import { Graph, layout } from '@dagrejs/dagre';

/** A card on the canvas: its size in canvas units. */
export type LayoutNode = { id: string; width: number; height: number };

/** A wire, from the right side of one card to the left side of another. */
export type LayoutEdge = { source: string; target: string };

/** Where a card's upper left corner goes. */
export type LaidOut = { x: number; y: number };

/** How far apart cards are: from column to column, and within a column. */
export type LayoutGaps = { columns?: number; rows?: number };

/** What is used of dagre; its own types cannot be resolved by Node's rules for modules. */
type Dagre = {
  setGraph(label: object): void;
  setDefaultEdgeLabel(make: () => object): void;
  setNode(id: string, label: object): void;
  hasNode(id: string): boolean;
  setEdge(source: string, target: string, label: object, name: string): void;
  node(id: string): LaidOut;
};

/** Cards are on this grid, as those that people move by hand. */
const grid = 20;
const margin = 80;

const onGrid = (value: number) => Math.round(value / grid) * grid;

/** Whether wires of one card lead down in the opposite order more often than in their own. */
function isUpsideDown(edges: readonly LayoutEdge[], yOf: (id: string) => number): boolean {
  const last = new Map<string, number>();
  let balance = 0;
  for (const { source, target } of edges) {
    const y = yOf(target);
    balance += Math.sign(y - (last.get(source) ?? y));
    last.set(source, y);
  }
  return balance < 0;
}

/**
 * Lays a flow out from left to right, so that wires lead forward and cross little. Loops lead back;
 * cards that nothing connects stand below each other. The same graph is always laid out the same.
 * @param edges those of one card in the order of its handles, from top to bottom
 * @returns for each node its upper left corner, none of them negative
 */
export function layOut(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  { columns = 100, rows = 60 }: LayoutGaps = {},
): Map<string, LaidOut> {
  const graph = new (Graph as new (options: object) => Dagre)({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', ranksep: columns, nodesep: rows, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height });
  const wires = edges.filter(
    ({ source, target }) => graph.hasNode(source) && graph.hasNode(target),
  );
  for (const [index, { source, target }] of wires.entries()) {
    graph.setEdge(source, target, {}, String(index));
  }
  (layout as (graph: Dagre) => void)(graph);
  const centre = (id: string) => graph.node(id);
  const turn = isUpsideDown(wires, (id) => centre(id).y) ? -1 : 1;
  const corners = nodes.map(({ id, width, height }) => {
    const { x, y } = centre(id);
    return { id, x: x - width / 2, y: turn * y - height / 2 };
  });
  const left = Math.min(...corners.map(({ x }) => x));
  const top = Math.min(...corners.map(({ y }) => y));
  return new Map(
    corners.map(({ id, x, y }) => [
      id,
      { x: onGrid(x - left) + margin, y: onGrid(y - top) + margin },
    ]),
  );
}
