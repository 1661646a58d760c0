import type { Edge, FlowNode } from '@crmflow/contracts';
import { createFindCallback, type FindCallback } from '@crmflow/expressions';
import type { RunFlowInput } from '../run-input.js';

/** A run's input, indexed for the interpreter. Derived, never part of the state. */
export type Program = Omit<RunFlowInput, 'state' | 'graph'> & {
  nodes: ReadonlyMap<string, FlowNode>;
  trigger: FlowNode;
  /** The node that a handle leads to, if any. */
  target(nodeId: string, handle: string): string | undefined;
  findCallback: FindCallback;
};

const wire = (edge: Pick<Edge, 'source' | 'sourceHandle'>) =>
  JSON.stringify([edge.source, edge.sourceHandle]);

/**
 * Indexes a run's input.
 * @throws Error where the graph has no trigger; flows are checked before they run.
 */
export function loadProgram({ graph, state: _, ...run }: RunFlowInput): Program {
  const trigger = graph.nodes.find((node) => node.type === 'trigger');
  if (!trigger) throw new Error(`run ${run.runId} has no trigger`);
  let find: FindCallback | undefined;
  const targets = new Map(graph.edges.map((edge) => [wire(edge), edge.target]));
  return {
    ...run,
    trigger,
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
    target: (source, sourceHandle) => targets.get(wire({ source, sourceHandle })),
    findCallback: (fromId, name) => (find ??= createFindCallback(graph))(fromId, name),
  };
}
