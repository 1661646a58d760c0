import { type Graph, waitsFor } from '@crmflow/contracts';
import { reachableFrom, type Successors, successors } from './successors.js';

/** Leaves the nodes that still lead to another one of those left: what is on loops, or before them. */
function prune(ids: Set<string>, next: Successors): void {
  let size: number;
  do {
    size = ids.size;
    for (const id of ids) {
      if (!(next.get(id) ?? []).some((target) => ids.has(target))) ids.delete(id);
    }
  } while (ids.size < size);
}

/**
 * Loops that a run could go round for ever without waiting for anything.
 * @returns the nodes of each loop; loops that share nodes count as one
 */
export function findLoops({ nodes }: Graph, next: Successors): string[][] {
  const left = new Set(nodes.filter((node) => waitsFor(node) === null).map(({ id }) => id));
  prune(left, next);
  const edges = [...left].flatMap((source) =>
    (next.get(source) ?? [])
      .filter((target) => left.has(target))
      .map((target) => ({ source, target })),
  );
  const ahead = successors(edges);
  const behind = successors(
    edges.map(({ source, target }) => ({ source: target, target: source })),
  );
  const around = (id: string, steps: Successors) => reachableFrom(steps.get(id) ?? [], steps);
  const loops: string[][] = [];
  const done = new Set<string>();
  for (const id of left) {
    if (done.has(id)) continue;
    const before = around(id, behind);
    const loop = [...around(id, ahead)].filter((other) => before.has(other));
    for (const member of loop) done.add(member);
    if (loop.length > 0) loops.push([id, ...loop.filter((other) => other !== id)]);
  }
  return loops;
}
