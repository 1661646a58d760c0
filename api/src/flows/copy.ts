import type { FlowInput, FlowResource, FlowTest } from '@crmflow/contracts';
import { notesOf } from './stored-graph.js';
import type { NewFlow } from './flows.js';

/** The longest name of a flow. */
const nameLength = 200;

/** What a flow is that was made from a template of the product. */
export const newFlowOf = ({ name, description = '' }: FlowInput): NewFlow => ({
  ...{ name, description },
  isPublic: false,
  isTemplate: false,
});

/** What a copy is besides its graph: nobody else's business until its owner says so. */
export function copyOf({
  name,
  description = '',
}: Pick<FlowInput, 'name' | 'description'>): NewFlow {
  // Half of a surrogate pair at the cut could not be stored.
  const short = `Copy of ${name}`.slice(0, nameLength).toWellFormed();
  return { name: short, description, isPublic: false, isTemplate: false };
}

/** A flow as a file: all that makes it, nothing of where it was. */
export function exportOf(flow: FlowResource, tests: readonly FlowTest[]): FlowInput {
  const { name, description, variables, nodes, edges } = flow;
  return {
    ...{ schemaVersion: 1, name, description, variables, nodes, edges },
    ...notesOf(flow),
    ...(tests.length > 0 && { tests: [...tests] }),
  };
}
