import type { Edge, FlowInput, FlowNodeInput, FlowNote } from '@crmflow/contracts';

/** Where a record stands in its list: lists of a saved flow are ordered by it. */
type Ordered = { order: number };

/** A node of the document. */
export type NodeRecord = Ordered & { kind: 'node'; node: FlowNodeInput };

/** An edge of the document. */
export type EdgeRecord = Ordered & { kind: 'edge'; edge: Edge };

/** A note on the canvas. */
export type NoteRecord = Ordered & { kind: 'note'; note: FlowNote };

/** What a flow says of itself besides its graph. */
export type FlowRecord = {
  kind: 'flow';
  name: string;
  description: string;
  variables: NonNullable<FlowInput['variables']>;
};

/** A part of the document that changes as one. Records are never changed in place. */
export type DocumentRecord = NodeRecord | EdgeRecord | NoteRecord | FlowRecord;

/** The name of a record: ids of different kinds may be alike. */
export type RecordKey = 'flow' | `${'node' | 'edge' | 'note'}:${string}`;

export const nodeKey = (id: string): RecordKey => `node:${id}`;
export const edgeKey = (id: string): RecordKey => `edge:${id}`;
export const noteKey = (id: string): RecordKey => `note:${id}`;

/** What the editor edits of a flow; no `notes` where it has none. */
export type EditedFlow = Pick<FlowInput, 'name' | 'nodes' | 'edges' | 'notes'> &
  Required<Pick<FlowInput, 'description' | 'variables'>>;
