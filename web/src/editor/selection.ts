import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import { cardIdOf } from './model/asks.js';
import type { DocumentReader } from './model/store.js';

/** What is selected on the canvas: ids of edges, notes, and nodes that have a card. */
export type Selected = {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
  notes: ReadonlySet<string>;
};

/** The selection of one editor. */
export type Selection = {
  current: ReadonlySignal<Selected>;
  /** Selects this and nothing else; for any node of a question, its card. */
  set(next: { nodes?: Iterable<string>; edges?: Iterable<string>; notes?: Iterable<string> }): void;
  /** Selects the nodes of a card that was added just now. */
  setNew(nodes: readonly string[]): void;
  /** The nodes of such a card, until something else is selected: nobody has been at them yet. */
  fresh: ReadonlySignal<ReadonlySet<string>>;
  /** Adds a node or a note, or takes it out. */
  toggle(id: string, kind?: 'nodes' | 'notes'): void;
  clear(): void;
  /** A node's own signal: whether it is selected. */
  hasNode(nodeId: string): ReadonlySignal<boolean>;
  hasEdge(edgeId: string): ReadonlySignal<boolean>;
  hasNote(noteId: string): ReadonlySignal<boolean>;
};

const none: ReadonlySet<string> = new Set();
const nothing: Selected = { nodes: new Set(), edges: new Set(), notes: new Set() };

/** Nothing is selected at first, and never what the document does not have. */
export function createSelection(document: DocumentReader): Selection {
  const chosen = signal<Selected>(nothing);
  const fresh = signal(none);
  const choose = (next: Selected) => {
    const isStill = [...fresh.peek()].some((id) => next.nodes.has(id));
    batch(() => {
      if (!isStill) fresh.value = none;
      chosen.value = next;
    });
  };
  const current = computed((): Selected => {
    const { nodes, edges, notes } = chosen.value;
    const areThere = (ids: ReadonlySet<string>, all: ReadonlySignal<ReadonlySet<string>>) =>
      [...ids].every((id) => all.value.has(id))
        ? ids
        : new Set([...ids].filter((id) => all.value.has(id)));
    const there = areThere(nodes, document.nodeIds);
    const cards = new Set([...there].map((id) => cardIdOf(document, id)));
    const areCards = cards.size === there.size && [...cards].every((id) => there.has(id));
    const next = {
      nodes: areCards ? there : cards,
      edges: areThere(edges, document.edgeIds),
      notes: areThere(notes, document.noteIds),
    };
    const isSame = next.nodes === nodes && next.edges === edges && next.notes === notes;
    return isSame ? chosen.value : next;
  });
  return {
    current,
    set: ({ nodes = [], edges = [], notes = [] }) => {
      choose({ nodes: new Set(nodes), edges: new Set(edges), notes: new Set(notes) });
    },
    setNew(nodes) {
      batch(() => {
        fresh.value = new Set(nodes);
        choose({ ...nothing, nodes: new Set(nodes) });
      });
    },
    fresh,
    toggle(id, kind = 'nodes') {
      const { nodes, notes } = current.peek();
      const ids = new Set(kind === 'nodes' ? nodes : notes);
      if (!ids.delete(id)) ids.add(id);
      choose({ nodes, notes, edges: new Set(), [kind]: ids });
    },
    clear() {
      choose(nothing);
    },
    hasNode: (nodeId) => computed(() => current.value.nodes.has(nodeId)),
    hasEdge: (edgeId) => computed(() => current.value.edges.has(edgeId)),
    hasNote: (noteId) => computed(() => current.value.notes.has(noteId)),
  };
}
