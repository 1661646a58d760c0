import { type FlowVariable, type Json, jsonBytes, type RunError } from '@crmflow/contracts';

/** What a run knows that a retry takes back: what its nodes have set, and the last fault. */
export type Known = { variables: { [name: string]: Json }; fault?: RunError | undefined };

/** What a run knows before its first event. */
export function knownAtStart(variables: readonly FlowVariable[]): Known {
  const set = variables.flatMap(({ name, default: value }) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { variables: Object.fromEntries(set) };
}

/** The sizes by which the limit of all variables is kept. */
export function sizesOf(variables: Known['variables']): { [name: string]: number } {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, jsonBytes(value)]),
  );
}
