import type { FlowNodeInput } from '@crmflow/contracts';
import { variablesOf as variablesOfNode } from '@crmflow/contracts/nodes';

/** A variable that a flow sets, and which of its nodes does. */
export type KnownVariable = {
  name: string;
  /** Label of the first node that sets it; empty for those that the flow begins with. */
  from: string;
};

/** All variables of a flow, by name. */
export function variablesOf(
  declared: readonly { name: string }[],
  nodes: readonly FlowNodeInput[],
): KnownVariable[] {
  const found = new Map<string, KnownVariable>();
  const add = (name: string, from: string) => {
    if (!found.has(name)) found.set(name, { name, from });
  };
  for (const { name } of declared) add(name, '');
  for (const node of nodes)
    for (const name of variablesOfNode(node)) add(name, node.label || node.id);
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}
