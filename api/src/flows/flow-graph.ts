import type { FlowInput } from '@crmflow/contracts';

/** The part of a flow that runs are made of, as a version keeps it. */
export type FlowGraph = Required<Pick<FlowInput, 'nodes' | 'edges' | 'variables'>>;

/** A flow as it is checked and compiled. */
export function asFlow(name: string, { nodes, edges, variables }: FlowGraph): FlowInput {
  return { schemaVersion: 1, name, nodes, edges, variables };
}
