/** The names of the variables that the texts of a node read, in their order. */
export function usedVariables(data: object): string[] {
  const names = JSON.stringify(data).matchAll(/\bvars\.([A-Za-z_]\w*)/g);
  return [...new Set([...names].map(([, name = '']) => name))];
}
