import type { Diff } from '../model/diff.js';
import type { EditedFlow, FlowRecord } from '../model/record.js';
import { edgeKey, nodeKey, noteKey } from '../model/record.js';
import type { DocumentReader } from '../model/store.js';
import { draft } from './change.js';

/** Changes what the flow says of itself: name, description, variables. */
export function setFlow(document: DocumentReader, fields: Partial<Omit<FlowRecord, 'kind'>>): Diff {
  const before = document.flow();
  const after = { ...before, ...fields };
  const isSame = (Object.keys(fields) as (keyof typeof fields)[]).every(
    (field) => before[field] === after[field],
  );
  return isSame ? new Map() : new Map([['flow', { before, after }]]);
}

/** Makes the document another flow, such as what another tab has saved. Undo brings it back. */
export function replaceFlow(document: DocumentReader, flow: EditedFlow): Diff {
  const change = draft(document);
  const kept = { nodes: new Set<string>(), edges: new Set<string>(), notes: new Set<string>() };
  for (const node of flow.nodes) {
    kept.nodes.add(node.id);
    if (document.record(nodeKey(node.id))) change.setNode(node.id, node);
    else change.addNode(node);
  }
  for (const edge of flow.edges) {
    kept.edges.add(edge.id);
    if (document.record(edgeKey(edge.id))) change.setEdge(edge.id, edge);
    else change.addEdge(edge);
  }
  for (const note of flow.notes ?? []) {
    kept.notes.add(note.id);
    if (document.record(noteKey(note.id))) change.setNote(note.id, note);
    else change.addNote(note);
  }
  for (const id of document.noteIds.peek()) if (!kept.notes.has(id)) change.removeNote(id);
  for (const id of document.edgeIds.peek()) if (!kept.edges.has(id)) change.removeEdge(id);
  for (const id of document.nodeIds.peek()) if (!kept.nodes.has(id)) change.removeNode(id);
  const { name, description, variables } = flow;
  return new Map([...change.diff(), ...setFlow(document, { name, description, variables })]);
}
