import type { FlowInput, FlowNodeInput } from '@crmflow/contracts';

/** A flow as `Client.save` takes it. */
export type Draft = Omit<FlowInput, 'schemaVersion'> & { isPublic?: boolean };

const position = { x: 0, y: 0 };

/** A node labelled by its id; its data is as loose as what clients send. */
export const node = (id: string, type: string, data: object): FlowNodeInput =>
  ({ id, type, label: id, position, data }) as FlowNodeInput;

/** A wire, named by where it begins. */
export const edge = (source: string, sourceHandle: string, target: string) => ({
  id: `${source}.${sourceHandle}`,
  source,
  sourceHandle,
  target,
});

/** A speak node with a verbatim text. */
export const say = (id: string, text: string) => node(id, 'speak', { mode: 'text', text });

/** A listen node; without data it takes any reply. */
export const ask = (id: string, data: object = {}) => node(id, 'listen', { variable: id, ...data });

/** A flow of a chat trigger `start` and these nodes and wires. */
export const flowOf = (
  nodes: FlowNodeInput[],
  edges: Draft['edges'],
  more: Partial<Draft> = {},
): Draft => ({
  name: 'Journey',
  nodes: [node('start', 'trigger', { kind: 'chat' }), ...nodes],
  edges,
  ...more,
});

/**
 * A flow in which each node leads to the next by `out`, from the trigger on.
 * @param aside nodes beside the row, which only their own wires reach
 */
export function row(
  nodes: FlowNodeInput[],
  {
    aside = [],
    edges = [],
    ...more
  }: { aside?: FlowNodeInput[]; edges?: Draft['edges'] } & Partial<Draft> = {},
): Draft {
  const inRow = nodes.map(({ id }, i) => edge(nodes[i - 1]?.id ?? 'start', 'out', id));
  return flowOf([...nodes, ...aside], [...inRow, ...edges], more);
}
