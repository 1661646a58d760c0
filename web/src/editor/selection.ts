import { computed, signal, type ReadonlySignal } from '@preact/signals';

/** What is selected on the canvas: ids of nodes, edges and notes. */
export type Selected = {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
  notes: ReadonlySet<string>;
};

/** The selection of one editor. */
export type Selection = {
  current: ReadonlySignal<Selected>;
  /** Selects this and nothing else. */
  set(next: { nodes?: Iterable<string>; edges?: Iterable<string>; notes?: Iterable<string> }): void;
  /** Adds a node or a note, or takes it out. */
  toggle(id: string, kind?: 'nodes' | 'notes'): void;
  clear(): void;
  /** A node's own signal: whether it is selected. */
  hasNode(nodeId: string): ReadonlySignal<boolean>;
  hasEdge(edgeId: string): ReadonlySignal<boolean>;
  hasNote(noteId: string): ReadonlySignal<boolean>;
};

const nothing: Selected = { nodes: new Set(), edges: new Set(), notes: new Set() };

/** Nothing is selected at first. */
export function createSelection(): Selection {
  const current = signal<Selected>(nothing);
  return {
    current,
    set: ({ nodes = [], edges = [], notes = [] }) => {
      current.value = { nodes: new Set(nodes), edges: new Set(edges), notes: new Set(notes) };
    },
    toggle(id, kind = 'nodes') {
      const { nodes, notes } = current.peek();
      const ids = new Set(kind === 'nodes' ? nodes : notes);
      if (!ids.delete(id)) ids.add(id);
      current.value = { nodes, notes, edges: new Set(), [kind]: ids };
    },
    clear() {
      current.value = nothing;
    },
    hasNode: (nodeId) => computed(() => current.value.nodes.has(nodeId)),
    hasEdge: (edgeId) => computed(() => current.value.edges.has(edgeId)),
    hasNote: (noteId) => computed(() => current.value.notes.has(noteId)),
  };
}
