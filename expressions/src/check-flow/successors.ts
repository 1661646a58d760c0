/** For each node that has edges, the nodes that they lead to. */
export type Successors = ReadonlyMap<string, readonly string[]>;

/** The nodes that each node leads to. */
export function successors(edges: readonly { source: string; target: string }[]): Successors {
  const next = new Map<string, string[]>();
  for (const { source, target } of edges) {
    const targets = next.get(source);
    if (targets) targets.push(target);
    else next.set(source, [target]);
  }
  return next;
}

/** All nodes that can be reached from these, themselves included. */
export function reachableFrom(start: readonly string[], next: Successors): Set<string> {
  const reached = new Set(start);
  for (const id of reached) for (const target of next.get(id) ?? []) reached.add(target);
  return reached;
}
