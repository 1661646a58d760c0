import type { FlowNodeInput } from '@crmflow/contracts';

/** A variable that a flow sets, and which of its nodes does. */
export type KnownVariable = {
  name: string;
  /** Label of the first node that sets it; empty for those that the flow begins with. */
  from: string;
};

function namesOf({ type, data }: FlowNodeInput): (string | undefined)[] {
  switch (type) {
    case 'listen':
      return [data.variable];
    case 'ai':
    case 'integration':
      return [data.saveAs];
    case 'logic':
      return data.kind === 'set' ? (data.assign ?? []).map(({ name }) => name) : [];
    default:
      return [];
  }
}

/** All variables of a flow, by name. */
export function variablesOf(
  declared: readonly { name: string }[],
  nodes: readonly FlowNodeInput[],
): KnownVariable[] {
  const found = new Map<string, KnownVariable>();
  const add = (name: string | undefined, from: string) => {
    if (name && !found.has(name)) found.set(name, { name, from });
  };
  for (const { name } of declared) add(name, '');
  for (const node of nodes) for (const name of namesOf(node)) add(name, node.label || node.id);
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
}
