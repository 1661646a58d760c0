import type { Edge } from '@crmflow/contracts';

/** Which edges touch which node, so that no command has to look through all of them. */
export type EdgeIndex = {
  add(edge: Edge): void;
  remove(edge: Edge): void;
  /** Ids of the edges that begin or end at a node. */
  of(nodeId: string): string[];
};

export function indexEdges(): EdgeIndex {
  const byNode = new Map<string, Set<string>>();
  const ends = ({ source, target }: Edge) => [source, target];
  return {
    add(edge) {
      for (const nodeId of ends(edge)) {
        const ids = byNode.get(nodeId) ?? new Set();
        byNode.set(nodeId, ids.add(edge.id));
      }
    },
    remove(edge) {
      for (const nodeId of ends(edge)) byNode.get(nodeId)?.delete(edge.id);
    },
    of: (nodeId) => [...(byNode.get(nodeId) ?? [])],
  };
}
