import type { DocumentReader, DocumentStore } from './store.js';
import { createStore } from './store.js';
import {
  type DocumentRecord,
  type EditedFlow,
  type RecordKey,
  edgeKey,
  nodeKey,
} from './record.js';

/** A flow as a document to edit. */
export function openFlow({
  name,
  description,
  variables,
  nodes,
  edges,
}: EditedFlow): DocumentStore {
  const records: [RecordKey, DocumentRecord][] = [
    ['flow', { kind: 'flow', name, description, variables }],
  ];
  for (const [order, node] of nodes.entries()) {
    records.push([nodeKey(node.id), { kind: 'node', order, node }]);
  }
  for (const [order, edge] of edges.entries()) {
    records.push([edgeKey(edge.id), { kind: 'edge', order, edge }]);
  }
  return createStore(records);
}

/** The flow that a document is now. */
export function readFlow(document: DocumentReader): EditedFlow {
  const { name, description, variables } = document.flow();
  return {
    name,
    description,
    variables,
    nodes: document.nodes(),
    edges: document.edges(),
  };
}
