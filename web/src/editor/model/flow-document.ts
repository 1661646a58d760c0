import type { Direction } from '@crmflow/layout';
import type { DocumentReader, DocumentStore } from './store.js';
import { createStore } from './store.js';
import {
  type DocumentRecord,
  type EditedFlow,
  type RecordKey,
  edgeKey,
  nodeKey,
  noteKey,
} from './record.js';

/**
 * A flow as a document to edit.
 * @param wished how it is drawn where nothing in it says so
 */
export function openFlow(
  { name, description, variables, nodes, edges, notes = [] }: EditedFlow,
  wished?: Direction,
): DocumentStore {
  const records: [RecordKey, DocumentRecord][] = [
    ['flow', { kind: 'flow', name, description, variables }],
  ];
  for (const [order, node] of nodes.entries()) {
    records.push([nodeKey(node.id), { kind: 'node', order, node }]);
  }
  for (const [order, edge] of edges.entries()) {
    records.push([edgeKey(edge.id), { kind: 'edge', order, edge }]);
  }
  for (const [order, note] of notes.entries()) {
    records.push([noteKey(note.id), { kind: 'note', order, note }]);
  }
  return createStore(records, wished);
}

/** The flow that a document is now. */
export function readFlow(document: DocumentReader): EditedFlow {
  const { name, description, variables } = document.flow();
  const notes = document.notes();
  return {
    name,
    description,
    variables,
    nodes: document.nodes(),
    edges: document.edges(),
    ...(notes.length > 0 && { notes }),
  };
}
