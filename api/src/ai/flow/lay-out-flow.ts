import { type Flow, type FlowInput, handlesOf, toolUsesOf } from '@crmflow/contracts';
import { layOut } from '@crmflow/layout';

/** Sizes of the studio's cards, a little generous. */
const width = 240;
const head = 64;
const row = 26;
const foot = 8;

const heightOf = (handles: number) => (handles > 1 ? head + handles * row + foot : head);

/**
 * Gives each card its place, wires in the order of the handles that they come from; what a model
 * calls is beside it.
 */
export function layOutFlow(flow: FlowInput, { nodes, edges }: Flow): FlowInput {
  const handles = new Map(nodes.map((node) => [node.id, handlesOf(node)]));
  const cards = nodes.map(({ id }) => {
    const height = heightOf(handles.get(id)?.length ?? 0);
    return { id, width, height };
  });
  const rank = ({ source, sourceHandle }: Flow['edges'][number]) =>
    handles.get(source)?.indexOf(sourceHandle) ?? 0;
  const wires = [...edges].sort((a, b) => rank(a) - rank(b));
  const places = layOut(cards, [...wires, ...toolUsesOf(nodes)]);
  return {
    ...flow,
    nodes: flow.nodes.map((node) => ({ ...node, position: places.get(node.id) ?? node.position })),
  };
}
