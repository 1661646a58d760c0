import { type FlowInput, type Need, needsOf } from '@crmflow/contracts';

/** What a flow needs besides itself, each once, in alphabetical order. */
export function needsOfFlow({ nodes }: Pick<FlowInput, 'nodes'>): Need[] {
  return [...new Set(nodes.flatMap(needsOf))].sort();
}
