import type { Edge, FlowNodeInput } from '@crmflow/contracts';
import {
  cardHeight,
  cardWidths,
  type Direction,
  inletPoint,
  outletOf,
  type Outlet,
} from '@crmflow/layout';
import { cardIdOf, cardNodes, nodeIn, replyIn } from '../model/asks.js';
import type { Point } from '../commands/nodes.js';
import type { Box } from '../commands/arrange.js';
import type { DocumentReader } from '../model/store.js';

/**
 * The box of a node's card as its flow is drawn; followed.
 * @param reply of a question: the node that waits for the reply
 */
export function boxIn(
  document: DocumentReader,
  node: FlowNodeInput,
  reply = replyIn(document, node.id),
): Box {
  const direction = document.direction.value;
  const size = { width: cardWidths[direction], height: cardHeight(node, direction, reply) };
  return { id: node.id, ...node.position, ...size };
}

/** The boxes of all cards. */
export const nodeBoxes = (document: DocumentReader): Box[] =>
  cardNodes(document).map((node) => boxIn(document, node));

/** Both ends of a wire, with how it leaves; it enters from above or from the left. */
export type Ends = { from: Point; to: Point } & Pick<Outlet, 'side' | 'track'>;

const plus = (a: Point, b: Point): Point => ({ x: a.x + b.x, y: a.y + b.y });

/** Where a wire leaves a node by a handle, on the canvas; followed. */
export function outletAt(document: DocumentReader, node: FlowNodeInput, handle: string): Outlet {
  const cardId = cardIdOf(document, node.id);
  const direction = document.direction.value;
  const card = cardId === node.id ? node : (nodeIn(document, cardId) ?? node);
  const out = outletOf(card, handle, direction, card === node ? undefined : node);
  return { ...out, ...plus(card.position, out) };
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

/**
 * Both ends of an edge, followed; undefined while one of its nodes is not there, and inside of a
 * question, where it is not drawn.
 */
export function endsOf(document: DocumentReader, edge: Edge): Ends | undefined {
  const source = nodeIn(document, edge.source);
  const target = nodeIn(document, edge.target);
  const isInside = document.asks.value.replyOf.get(edge.source) === edge.target;
  if (!source || !target || isInside) return undefined;
  const { x, y, ...leaving } = outletAt(document, source, edge.sourceHandle);
  return { from: { x, y }, to: inletAt(target, document.direction.value), ...leaving };
}
