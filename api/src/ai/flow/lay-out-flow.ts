import type { Flow, FlowInput } from '@crmflow/contracts';
import { layOutFlow as placesOf } from '@crmflow/layout';

/** Gives each card its place, from top to bottom. */
export function layOutFlow(flow: FlowInput, { nodes, edges }: Flow): FlowInput {
  const places = placesOf(nodes, edges);
  return {
    ...flow,
    nodes: flow.nodes.map((node) => ({ ...node, position: places.get(node.id) ?? node.position })),
  };
}
