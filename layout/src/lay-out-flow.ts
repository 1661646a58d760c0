import type { Edge, FlowNodeInput } from '@crmflow/contracts';
import { handlesOf } from '@crmflow/contracts/nodes';
import { toolUsesOf } from '@crmflow/contracts/tools';
import { askPairs } from './ask.js';
import { cardHeight, cardWidths, type Direction, outletOf, type Point } from './card.js';
import { layOut, type LayoutEdge } from './lay-out.js';

type Edges = readonly Pick<Edge, 'source' | 'sourceHandle' | 'target'>[];

/** How far the two nodes of a question are apart, which are seen when it is none any more. */
const gaps = { down: 56, right: 100 } as const satisfies Record<Direction, number>;

/** The cards of a flow, and the wires between them: a question is one card. */
function cardsOf(nodes: readonly FlowNodeInput[], edges: Edges) {
  const { replyOf, askOf } = askPairs(nodes, edges);
  const nodeOf = new Map(nodes.map((node) => [node.id, node]));
  return {
    cards: nodes
      .filter(({ id }) => !askOf.has(id))
      .map((node) => ({ node, reply: nodeOf.get(replyOf.get(node.id) ?? '') })),
    wires: edges
      .filter(({ source, target }) => replyOf.get(source) !== target)
      .map((edge) => ({ ...edge, source: askOf.get(edge.source) ?? edge.source })),
  };
}

/**
 * Gives each node of a flow its place. What a model calls is beside it. A question's card is where its
 * first node is.
 * @param edges those that lead to a node that is not there are left out
 * @returns for each node its upper left corner
 */
export function layOutFlow(
  nodes: readonly FlowNodeInput[],
  edges: Edges,
  direction: Direction = 'down',
): Map<string, Point> {
  const { cards, wires } = cardsOf(nodes, edges);
  const targets = new Map(
    wires.map((edge) => [`${edge.source} ${edge.sourceHandle}`, edge.target]),
  );
  const isDown = direction === 'down';
  const lines = cards.flatMap(({ node, reply }) =>
    handlesOf(reply ?? node).flatMap((handle): LayoutEdge[] => {
      const target = targets.get(`${node.id} ${handle}`);
      if (target === undefined) return [];
      const { x, y, side } = outletOf(node, handle, direction, reply);
      const line = { source: node.id, target, across: isDown ? x : y };
      return [isDown && side === 'right' ? { ...line, aside: y } : line];
    }),
  );
  const calls = toolUsesOf(nodes).map((use) => ({ ...use, across: 0, aside: -34 }));
  // Reading begins at the trigger.
  const isFirst = ({ node }: (typeof cards)[number]) => node.type === 'trigger';
  const sorted = [...cards.filter(isFirst), ...cards.filter((card) => !isFirst(card))];
  const sizes = sorted.map(({ node, reply }) => ({
    id: node.id,
    width: cardWidths[direction],
    height: cardHeight(node, direction, reply),
  }));
  const places = layOut(sizes, [...lines, ...calls], direction);
  for (const { node, reply } of cards) {
    const place = places.get(node.id);
    if (!place || !reply) continue;
    const { x, y } = place;
    const by = isDown ? cardHeight(node, 'down') : cardWidths.right;
    places.set(reply.id, isDown ? { x, y: y + by + gaps.down } : { x: x + by + gaps.right, y });
  }
  return places;
}

/**
 * Which way a flow is drawn: the way in which most cards lie that their first way out leads to.
 * @returns undefined where nothing says so
 */
export function directionOf(nodes: readonly FlowNodeInput[], edges: Edges): Direction | undefined {
  const { cards, wires } = cardsOf(nodes, edges);
  const cardOf = new Map(cards.map((card) => [card.node.id, card]));
  let down = 0;
  let right = 0;
  for (const { source, sourceHandle, target } of wires) {
    const [from, to] = [cardOf.get(source), cardOf.get(target)];
    if (!from || !to || handlesOf(from.reply ?? from.node)[0] !== sourceHandle) continue;
    const x = to.node.position.x - from.node.position.x;
    const y = to.node.position.y - from.node.position.y;
    if (x >= cardWidths.right) right += 1;
    else if (y > 0 && x > -cardWidths.right) down += 1;
  }
  if (down === right) return undefined;
  return down > right ? 'down' : 'right';
}
