import { type FlowInput, flowSchema } from '@crmflow/contracts';
import type { RunFlowInput, RunProgram, RunStart } from './run-input.js';

/**
 * What runs execute of a flow: defaults filled in, nothing that only an editor needs.
 * @throws ZodError where the flow does not have the format; check it first.
 */
export function compileProgram(flow: FlowInput): RunProgram {
  const { nodes, edges, variables } = flowSchema.parse(flow);
  const graph = { nodes: nodes.map((node) => ({ ...node, position: { x: 0, y: 0 } })), edges };
  return { graph, variables };
}

/**
 * A run of a flow that carries its program itself.
 * @throws ZodError where the flow does not have the format
 */
export function compileRun(
  flow: FlowInput,
  run: Omit<RunStart, 'hasLogBudget' | 'state'>,
): RunFlowInput {
  return { ...run, ...compileProgram(flow), hasLogBudget: true };
}
