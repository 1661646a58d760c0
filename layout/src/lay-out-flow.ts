import type { Edge, FlowNodeInput } from '@crmflow/contracts';
import { handlesOf } from '@crmflow/contracts/nodes';
import { toolUsesOf } from '@crmflow/contracts/tools';
import { cardHeight, cardWidths, type Direction, outletOf, type Point } from './card.js';
import { layOut, type LayoutEdge } from './lay-out.js';

/**
 * Gives each card of a flow its place. What a model calls is beside it.
 * @param edges those that lead to a node that is not there are left out
 * @returns for each node its upper left corner
 */
export function layOutFlow(
  nodes: readonly FlowNodeInput[],
  edges: readonly Pick<Edge, 'source' | 'sourceHandle' | 'target'>[],
  direction: Direction = 'down',
): Map<string, Point> {
  const targets = new Map(
    edges.map((edge) => [`${edge.source} ${edge.sourceHandle}`, edge.target]),
  );
  const isDown = direction === 'down';
  const wires = nodes.flatMap((node) =>
    handlesOf(node).flatMap((handle): LayoutEdge[] => {
      const target = targets.get(`${node.id} ${handle}`);
      if (target === undefined) return [];
      const { x, y, side } = outletOf(node, handle, direction);
      const wire = { source: node.id, target, across: isDown ? x : y };
      return [isDown && side === 'right' ? { ...wire, aside: y } : wire];
    }),
  );
  const calls = toolUsesOf(nodes).map((use) => ({ ...use, across: 0, aside: -34 }));
  const cards = nodes.map((node) => ({
    id: node.id,
    width: cardWidths[direction],
    height: cardHeight(node, direction),
  }));
  // Reading begins at the trigger.
  const first = new Set(nodes.filter(({ type }) => type === 'trigger').map(({ id }) => id));
  const sorted = [
    ...cards.filter(({ id }) => first.has(id)),
    ...cards.filter(({ id }) => !first.has(id)),
  ];
  return layOut(sorted, [...wires, ...calls], direction);
}

/**
 * Which way a flow is drawn: the way in which most cards lie that their first way out leads to.
 * @returns undefined where nothing says so
 */
export function directionOf(
  nodes: readonly FlowNodeInput[],
  edges: readonly Pick<Edge, 'source' | 'sourceHandle' | 'target'>[],
): Direction | undefined {
  const nodeOf = new Map(nodes.map((node) => [node.id, node]));
  let down = 0;
  let right = 0;
  for (const { source, sourceHandle, target } of edges) {
    const [from, to] = [nodeOf.get(source), nodeOf.get(target)];
    if (!from || !to || handlesOf(from)[0] !== sourceHandle) continue;
    const x = to.position.x - from.position.x;
    const y = to.position.y - from.position.y;
    if (x >= cardWidths.right) right += 1;
    else if (y > 0 && x > -cardWidths.right) down += 1;
  }
  if (down === right) return undefined;
  return down > right ? 'down' : 'right';
}
