import type { FlowResource } from '@crmflow/contracts';
import type { EditedFlow } from './record.js';

/** What the editor edits of a flow that was read. */
export function editedPart({
  name,
  description,
  variables,
  nodes,
  edges,
  notes,
}: FlowResource): EditedFlow {
  return { name, description, variables, nodes, edges, ...(notes && { notes }) };
}
