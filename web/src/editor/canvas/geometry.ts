import type { Edge, FlowNodeInput } from '@crmflow/contracts';
import { handlesOf } from '@crmflow/contracts/nodes';
import type { Point } from '../commands/nodes.js';
import type { Box } from '../commands/arrange.js';

/** Sizes of a node's card, in units of the canvas; its stylesheet uses the same ones. */
export const cardWidth = 232;
const headHeight = 64;
const rowHeight = 26;
const foot = 8;

/** Whether each handle has a row with its name; a node with one way out needs none. */
export function hasRows(node: FlowNodeInput): boolean {
  return handlesOf(node).length > 1;
}

/** A card's height, reckoned and not measured: reading it from the page costs a layout per node. */
export function cardHeight(node: FlowNodeInput): number {
  return hasRows(node) ? headHeight + handlesOf(node).length * rowHeight + foot : headHeight;
}

/** The box of a node on the canvas. */
export function boxOf(node: FlowNodeInput): Box {
  return { id: node.id, ...node.position, width: cardWidth, height: cardHeight(node) };
}

/** Where edges end at a card, from its corner. */
export const inlet: Point = { x: 0, y: headHeight / 2 };

/** Where edges leave a card by a handle, from its corner. */
export function outletPoint(node: FlowNodeInput, handle: string): Point {
  if (!hasRows(node)) return { x: cardWidth, y: headHeight / 2 };
  const row = Math.max(handlesOf(node).indexOf(handle), 0);
  return { x: cardWidth, y: headHeight + row * rowHeight + rowHeight / 2 };
}

/** An edge's curve as the `d` of a path. EdgeDrawing that lead back bulge more, so that one sees them. */
export function edgePath(from: Point, to: Point): string {
  const reach = Math.max(Math.abs(to.x - from.x) / 2, to.x < from.x ? 80 : 24);
  const bend = Math.min(reach, 240);
  return `M ${from.x} ${from.y} C ${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}

/**
 * The curve from a model's card to the card of what it calls, as the `d` of a path: from below or
 * above, as edges come and go at the sides.
 */
export function callPath(from: Box, to: Box): string {
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

/** The box that an edge surely lies in. */
export function edgeBounds(from: Point, to: Point): [number, number, number, number] {
  const bend = 240;
  return [
    Math.min(from.x, to.x) - bend,
    Math.min(from.y, to.y) - 10,
    Math.max(from.x, to.x) + bend,
    Math.max(from.y, to.y) + 10,
  ];
}

/** Both ends of an edge; undefined while one of its nodes is not there. */
export function endsOf(
  edge: Edge,
  node: (id: string) => FlowNodeInput | undefined,
): { from: Point; to: Point } | undefined {
  const source = node(edge.source);
  const target = node(edge.target);
  if (!source || !target) return undefined;
  const out = outletPoint(source, edge.sourceHandle);
  return {
    from: { x: source.position.x + out.x, y: source.position.y + out.y },
    to: { x: target.position.x + inlet.x, y: target.position.y + inlet.y },
  };
}
