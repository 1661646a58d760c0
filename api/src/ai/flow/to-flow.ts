import { type FlowInput, isJsonObject, type Json, type JsonObject } from '@crmflow/contracts';
import { nameOf, objectsIn, toData } from './to-data.js';

type Graph = Pick<FlowInput, 'nodes' | 'edges'>;

/**
 * What the model wrote, as a flow is saved: nothing is checked yet, and nothing is laid out.
 * @param before the flow that was to be changed: what is the same keeps its place, its ids, and what
 *   a model cannot say of it
 */
export function toFlow(written: Json, before?: Graph): JsonObject {
  const { name, description, variables, nodes, edges } = isJsonObject(written) ? written : {};
  const known = new Map(before?.nodes.map((node) => [node.id, node]));
  const wire = (edge: { [key: string]: unknown }) =>
    JSON.stringify([edge['source'], edge['sourceHandle'], edge['target']]);
  const ids = new Map(before?.edges.map((edge) => [wire(edge), edge.id]));
  return {
    schemaVersion: 1,
    name: name ?? '',
    description: description ?? '',
    variables: objectsIn(variables).map((one) => ({
      name: one['name'] ?? '',
      ...(one['default'] !== undefined && one['default'] !== null && { default: one['default'] }),
    })),
    nodes: objectsIn(nodes).map(({ id = '', type = '', label, data }) => ({
      id,
      type,
      label: label ?? '',
      position: known.get(nameOf(id))?.position ?? { x: 0, y: 0 },
      data: toData(type, data, known.get(nameOf(id))),
    })),
    edges: objectsIn(edges).map((edge, index) => {
      const { source = '', target = '' } = edge;
      const sourceHandle = edge['sourceHandle'] ?? 'out';
      const id = ids.get(wire({ source, sourceHandle, target })) ?? `edge-${index + 1}`;
      return { id, source, sourceHandle, target };
    }),
  };
}
