import {
  type FieldError,
  fieldErrors,
  type FlowInput,
  type FlowProblem,
  type Graph,
  type JsonObject,
} from '@crmflow/contracts';
import { checkFlow } from '@crmflow/expressions';
import { compileRun, type RunFlowInput } from '@crmflow/workflows';
import { ZodError } from 'zod';
import { AppError } from '../errors/app-error.js';
import type { Version } from './draft-version.js';
import { asFlow } from './flow-graph.js';

/** What is particular about one run. */
export type RunParticulars = {
  runId: string;
  workflowId: string;
  input: JsonObject;
  /** Epoch milliseconds. */
  startedAt: number;
};

function pathOf({ nodes, edges }: Graph, { nodeId, edgeId }: FlowProblem): string {
  if (nodeId !== undefined) return `nodes[${nodes.findIndex(({ id }) => id === nodeId)}]`;
  if (edgeId !== undefined) return `edges[${edges.findIndex(({ id }) => id === edgeId)}]`;
  return 'nodes';
}

function refuse(errors: FieldError[], cause?: unknown): never {
  const detail = 'The flow has errors that keep it from running; see errors, or validate it.';
  throw new AppError('flow_invalid', detail, { errors, cause });
}

function compile(flow: FlowInput, version: Version, run: RunParticulars): RunFlowInput {
  try {
    return compileRun(flow, { ...run, version: version.number ?? 'draft' });
  } catch (error) {
    if (error instanceof ZodError) refuse(fieldErrors(error), error);
    throw error;
  }
}

/**
 * The input of a run's workflow.
 * @throws AppError `flow_invalid` with what keeps the flow from running
 */
export function compileVersion(
  flowName: string,
  version: Version,
  run: RunParticulars,
): RunFlowInput {
  const input = compile(asFlow(flowName, version.graph), version, run);
  const errors = checkFlow(input.graph)
    .filter(({ severity }) => severity === 'error')
    .map((problem) => ({ path: pathOf(input.graph, problem), message: problem.message }));
  if (errors.length > 0) refuse(errors);
  return input;
}
