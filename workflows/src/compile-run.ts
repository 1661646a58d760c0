import { type FlowInput, type Graph, flowSchema } from '@crmflow/contracts';
import type { RunFlowInput } from './run-input.js';

/**
 * What a run executes of a flow: defaults filled in, nothing that only an editor needs.
 * @throws ZodError where the flow does not have the format; check it first.
 */
export function compileRun(
  flow: FlowInput,
  run: Omit<RunFlowInput, 'graph' | 'variables' | 'hasLogBudget' | 'state'>,
): RunFlowInput {
  const { nodes, edges, variables } = flowSchema.parse(flow);
  const graph: Graph = {
    nodes: nodes.map((node) => ({ ...node, position: { x: 0, y: 0 } })),
    edges,
  };
  return { ...run, graph, variables, hasLogBudget: true };
}
