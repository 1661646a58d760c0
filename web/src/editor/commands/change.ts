import type { Edge, FlowNodeInput, FlowNote } from '@crmflow/contracts';
import type { Change, Diff } from '../model/diff.js';
import { type NodeRecord, type RecordKey, edgeKey, nodeKey, noteKey } from '../model/record.js';
import type { DocumentReader } from '../model/store.js';

/** Gathers the changes of one command against the document as it is. */
export type Draft = {
  addNode(node: FlowNodeInput): void;
  /** A node with other contents; nothing where there is no such node. */
  setNode(id: string, node: FlowNodeInput): void;
  removeNode(id: string): void;
  addEdge(edge: Edge): void;
  setEdge(id: string, edge: Edge): void;
  removeEdge(id: string): void;
  addNote(note: FlowNote): void;
  setNote(id: string, note: FlowNote): void;
  removeNote(id: string): void;
  diff(): Diff;
};

/** @param document which stays as it is; the diff changes it once it is applied */
export function draft(document: DocumentReader): Draft {
  const changes = new Map<RecordKey, Change>();
  let order = document.nextOrder();

  const set = (key: RecordKey, after: Change['after']) => {
    const before = document.record(key);
    if (!before && !after) changes.delete(key);
    else changes.set(key, { ...(before && { before }), ...(after && { after }) });
  };
  const now = (key: RecordKey) => {
    const change = changes.get(key);
    return change ? change.after : document.record(key);
  };

  return {
    addNode: (node) => set(nodeKey(node.id), { kind: 'node', order: order++, node }),
    setNode(id, node) {
      const last = now(nodeKey(id)) as NodeRecord | undefined;
      if (last) set(nodeKey(id), { ...last, node });
    },
    removeNode: (id) => set(nodeKey(id), undefined),
    addEdge: (edge) => set(edgeKey(edge.id), { kind: 'edge', order: order++, edge }),
    setEdge(id, edge) {
      const last = now(edgeKey(id));
      if (last?.kind === 'edge') set(edgeKey(id), { ...last, edge });
    },
    removeEdge: (id) => set(edgeKey(id), undefined),
    addNote: (note) => set(noteKey(note.id), { kind: 'note', order: order++, note }),
    setNote(id, note) {
      const last = now(noteKey(id));
      if (last?.kind === 'note') set(noteKey(id), { ...last, note });
    },
    removeNote: (id) => set(noteKey(id), undefined),
    diff: () => changes,
  };
}
