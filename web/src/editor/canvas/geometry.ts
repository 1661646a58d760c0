import type { Edge, FlowNodeInput } from '@crmflow/contracts';
import {
  cardHeight,
  cardWidths,
  type Direction,
  inletPoint,
  outletOf,
  type Outlet,
} from '@crmflow/layout';
import type { Point } from '../commands/nodes.js';
import type { Box } from '../commands/arrange.js';
import type { DocumentReader } from '../model/store.js';

/** The box of a node as its flow is drawn. */
export function boxIn(document: DocumentReader, node: FlowNodeInput): Box {
  const direction = document.direction.value;
  const size = { width: cardWidths[direction], height: cardHeight(node, direction) };
  return { id: node.id, ...node.position, ...size };
}

/** The boxes of all nodes. */
export const nodeBoxes = (document: DocumentReader): Box[] =>
  document.nodes().map((node) => boxIn(document, node));

/** Both ends of a wire, with how it leaves; it enters from above or from the left. */
export type Ends = { from: Point; to: Point } & Pick<Outlet, 'side' | 'track'>;

const plus = (a: Point, b: Point): Point => ({ x: a.x + b.x, y: a.y + b.y });

/** Where a wire leaves a node by a handle, on the canvas. */
export function outletAt(node: FlowNodeInput, handle: string, direction: Direction): Outlet {
  const out = outletOf(node, handle, direction);
  return { ...out, ...plus(node.position, out) };
}

/** Where wires end at a node, on the canvas. */
export const inletAt = (node: FlowNodeInput, direction: Direction): Point =>
  plus(node.position, inletPoint(direction));

/**
 * The curve from a model's card to the card of what it calls, as the `d` of a path: from below or
 * above, or from side to side where they stand beside each other.
 */
export function callPath(from: Box, to: Box): string {
  const isLevel = to.y < from.y + from.height && to.y + to.height > from.y;
  if (isLevel && to.x >= from.x + from.width) {
    const [x, y] = [from.x + from.width, Math.min(from.y + from.height - 16, to.y + to.height / 2)];
    const bend = Math.max((to.x - x) / 2, 24);
    const end = to.y + to.height / 2;
    return `M ${x} ${y} C ${x + bend} ${y} ${to.x - bend} ${end} ${to.x} ${end}`;
  }
  const isAbove = to.y + to.height <= from.y;
  const isBelow = to.y >= from.y + from.height;
  const [startX, endX] = [from.x + from.width / 2, to.x + to.width / 2];
  const startY = isAbove ? from.y : from.y + from.height;
  const endY = isBelow ? to.y : to.y + to.height;
  const reach = Math.min(Math.max(Math.abs(endY - startY) / 2, 48), 160);
  const bend = isAbove ? -reach : reach;
  const endBend = isBelow ? -reach : reach;
  return `M ${startX} ${startY} C ${startX} ${startY + bend} ${endX} ${endY + endBend} ${endX} ${endY}`;
}

/** Both ends of an edge; undefined while one of its nodes is not there. */
export function endsOf(
  edge: Edge,
  node: (id: string) => FlowNodeInput | undefined,
  direction: Direction,
): Ends | undefined {
  const source = node(edge.source);
  const target = node(edge.target);
  if (!source || !target) return undefined;
  const { x, y, ...leaving } = outletAt(source, edge.sourceHandle, direction);
  return { from: { x, y }, to: inletAt(target, direction), ...leaving };
}
