import type { JsonObject } from '@crmflow/contracts';

/** The names of the variables that the texts of a node read, in their order. */
export function usedVariables(data: object): string[] {
  const names = JSON.stringify(data).matchAll(/\bvars\.([A-Za-z_]\w*)/g);
  return [...new Set([...names].map(([, name = '']) => name))];
}

/** Only those that are wanted, of what is known of them. */
export function pick(values: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
