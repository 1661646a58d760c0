import type { EditedFlow } from '../model/record.js';

/** How one flow differs from another, in names that people know. */
export type Differences = {
  added: string[];
  removed: string[];
  changed: string[];
  /** How many edges are only in one of both. */
  wires: number;
  hasOtherName: boolean;
  hasOtherNotes: boolean;
};

/** Whether two values are the same, in whatever order their keys are. */
export const isSame = (a: unknown, b: unknown): boolean =>
  JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

/** The same value with its keys in one order: the database keeps none. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

const without = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  [...a].filter((one) => !b.has(one)).length;

/** How `theirs` differs from `mine`: what they added, removed and changed. */
export function differences(mine: EditedFlow, theirs: EditedFlow): Differences {
  const mineById = new Map(mine.nodes.map((node) => [node.id, node]));
  const theirIds = new Set(theirs.nodes.map(({ id }) => id));
  const wire = (edge: EditedFlow['edges'][number]) =>
    JSON.stringify([edge.source, edge.sourceHandle, edge.target]);
  const mineEdges = new Set(mine.edges.map(wire));
  const theirEdges = new Set(theirs.edges.map(wire));
  const labels = (nodes: EditedFlow['nodes']) => nodes.map(({ label, id }) => label || id);
  return {
    added: labels(theirs.nodes.filter(({ id }) => !mineById.has(id))),
    removed: labels(mine.nodes.filter(({ id }) => !theirIds.has(id))),
    changed: labels(
      theirs.nodes.filter((node) => {
        const own = mineById.get(node.id);
        return own !== undefined && !isSame(own, node);
      }),
    ),
    wires: without(mineEdges, theirEdges) + without(theirEdges, mineEdges),
    hasOtherName: mine.name !== theirs.name,
    hasOtherNotes: !isSame(mine.notes ?? [], theirs.notes ?? []),
  };
}
