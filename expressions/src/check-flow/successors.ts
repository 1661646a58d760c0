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

/** The nodes that lead to each node. */
export function predecessors(edges: readonly { source: string; target: string }[]): Successors {
  return successors(edges.map(({ source, target }) => ({ source: target, target: source })));
}

/** All nodes that can be reached from these, themselves included. */
export function reachableFrom(start: readonly string[], next: Successors): Set<string> {
  const reached = new Set(start);
  for (const id of reached) for (const target of next.get(id) ?? []) reached.add(target);
  return reached;
}

/** Nodes that all lead to each other, or a single node. */
export type Component = { ids: string[]; isLoop: boolean };

/**
 * The strongly connected components of these nodes, by Tarjan's algorithm: each after all others
 * that it leads to. Edges to other nodes do not count.
 */
export function components(nodes: Iterable<string>, next: Successors): Component[] {
  const left = new Set(nodes);
  const found: Component[] = [];
  const stack: string[] = [];
  // The number of each node on the stack, and the lowest that it leads to.
  const lowest = new Map<string, number>();
  let count = 0;
  const visit = (id: string): number => {
    left.delete(id);
    const number = (count += 1);
    lowest.set(id, number);
    const start = stack.push(id) - 1;
    let low = number;
    for (const target of next.get(id) ?? []) {
      if (left.has(target)) low = Math.min(low, visit(target));
      else low = Math.min(low, lowest.get(target) ?? low);
    }
    lowest.set(id, low);
    if (low === number) {
      const ids = stack.splice(start);
      for (const member of ids) lowest.delete(member);
      found.push({ ids, isLoop: ids.length > 1 || (next.get(id) ?? []).includes(id) });
    }
    return low;
  };
  for (const id of left) visit(id);
  return found;
}
