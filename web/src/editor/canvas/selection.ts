import { computed, signal, type ReadonlySignal } from '@preact/signals';

/** What is selected on the canvas: ids of nodes and of edges. */
export type Selected = { nodes: ReadonlySet<string>; edges: ReadonlySet<string> };

/** The selection of one editor. */
export type Selection = {
  current: ReadonlySignal<Selected>;
  /** Selects this and nothing else. */
  set(next: { nodes?: Iterable<string>; edges?: Iterable<string> }): void;
  /** Adds a node, or takes it out. */
  toggle(nodeId: string): void;
  clear(): void;
  /** A node's own signal: whether it is selected. */
  hasNode(nodeId: string): ReadonlySignal<boolean>;
  hasEdge(edgeId: string): ReadonlySignal<boolean>;
};

const nothing: Selected = { nodes: new Set(), edges: new Set() };

/** Nothing is selected at first. */
export function createSelection(): Selection {
  const current = signal<Selected>(nothing);
  return {
    current,
    set: ({ nodes = [], edges = [] }) => {
      current.value = { nodes: new Set(nodes), edges: new Set(edges) };
    },
    toggle(nodeId) {
      const nodes = new Set(current.peek().nodes);
      if (!nodes.delete(nodeId)) nodes.add(nodeId);
      current.value = { nodes, edges: new Set() };
    },
    clear() {
      current.value = nothing;
    },
    hasNode: (nodeId) => computed(() => current.value.nodes.has(nodeId)),
    hasEdge: (edgeId) => computed(() => current.value.edges.has(edgeId)),
  };
}
