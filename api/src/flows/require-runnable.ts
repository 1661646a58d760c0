import {
  type FieldError,
  type FlowIssue,
  fieldErrors,
  type Graph,
  issueError,
  type IssuePlace,
} from '@crmflow/contracts';
import { checkFlow } from '@crmflow/expressions';
import { ZodError } from 'zod';
import { AppError } from '../errors/app-error.js';

function pathOf({ nodes, edges }: Graph, { nodeId, edgeId }: IssuePlace): string {
  if (nodeId !== undefined) return `nodes[${nodes.findIndex(({ id }) => id === nodeId)}]`;
  if (edgeId !== undefined) return `edges[${edges.findIndex(({ id }) => id === edgeId)}]`;
  return 'nodes';
}

function refuse(errors: FieldError[], cause?: unknown): never {
  const detail = 'The flow cannot run until its errors are fixed. See `errors` for each one.';
  throw new AppError('flow_invalid', detail, { errors, cause });
}

/**
 * What `read` makes of a stored flow, where that has the format that runs need. Once it was saved
 * it has; the format may have become stricter since.
 * @throws AppError `flow_invalid` with each fault
 */
export function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ZodError) refuse(fieldErrors(error), error);
    throw error;
  }
}

/**
 * Lets only a flow pass that can run: the one place where that is decided.
 * @throws AppError `flow_invalid` with all that keeps it from running, by node or edge
 */
export function requireRunnable(graph: Graph): void {
  requireNoErrors(graph, checkFlow(graph));
}

/** @throws AppError `flow_invalid` with each of the issues that is an error */
export function requireNoErrors(graph: Graph, issues: readonly FlowIssue[]): void {
  const errors = issues
    .filter(({ severity }) => severity === 'error')
    .map((issue) => issueError(issue, pathOf(graph, issue)));
  if (errors.length > 0) refuse(errors);
}
