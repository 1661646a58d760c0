import type { VersionWithGraph, FlowResource } from '@crmflow/contracts';
import { propose, type Proposal } from '../../editor/generate/proposal.js';
import type { EditedFlow } from '../../editor/model/record.js';
import { differences, type Differences, isSame } from '../../editor/save/differences.js';

/** A version held against the draft. */
export type Comparison = Proposal &
  Pick<Differences, 'wires'> & { hasOtherVariables: boolean; isSame: boolean };

const flowOf = (
  { name, description }: FlowResource,
  { nodes, edges, variables }: Pick<FlowResource, 'nodes' | 'edges' | 'variables'>,
): EditedFlow => ({
  name,
  description: description ?? '',
  nodes,
  edges,
  variables: variables ?? [],
});

/** Says what would become of the draft if the version were it again. */
export function compare(draft: FlowResource, version: VersionWithGraph): Comparison {
  const before = flowOf(draft, draft);
  const after = flowOf(draft, version);
  const proposal = propose(before, after);
  const { wires } = differences(before, after);
  const hasOtherVariables = !isSame(before.variables, after.variables);
  const isUnchanged = proposal.changes.size === 0 && wires === 0 && !hasOtherVariables;
  return { ...proposal, wires, hasOtherVariables, isSame: isUnchanged };
}
