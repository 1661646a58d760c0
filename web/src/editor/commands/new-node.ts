import type { Edge, FlowNodeInput, KindId } from '@crmflow/contracts';
import { nodeKinds, wireOf } from '@crmflow/contracts/nodes';
import type { Diff } from '../model/diff.js';
import type { DocumentReader } from '../model/store.js';
import { type Draft, draft } from './change.js';
import type { Point } from './nodes.js';

/** From one node of a question to the other, which are seen where it is none any more. */
const questionGap = 160;

/** What is added as one: a node, or two in a chain. */
export type Piece = {
  /** What leads to the piece leads here. */
  first: FlowNodeInput;
  /** Of two nodes: the one that leads on. */
  last?: { node: FlowNodeInput; edge: Edge };
};

/** A node as the palette gives it: with a handle for each way out, and nothing written yet. */
export function newNode(kind: KindId, id: string, label: string, position: Point): FlowNodeInput {
  const data = structuredClone(nodeKinds[kind].defaults);
  return { id, type: wireOf(kind).type, label, position, data } as FlowNodeInput;
}

/** A question as the palette gives it: what says it, and what waits for the reply. */
export function newQuestion(newId: () => string, label: string, { x, y }: Point): Piece {
  const first = newNode('speak', newId(), label, { x, y });
  const node = newNode('listen', newId(), label, { x, y: y + questionGap });
  const edge = { id: newId(), source: first.id, sourceHandle: 'out', target: node.id };
  return { first, last: { node, edge } };
}

/** The same piece elsewhere. */
export function movedPiece({ first, last }: Piece, position: Point): Piece {
  const by = { x: position.x - first.position.x, y: position.y - first.position.y };
  const moved = (node: FlowNodeInput) => ({
    ...node,
    position: { x: node.position.x + by.x, y: node.position.y + by.y },
  });
  return { first: moved(first), ...(last && { last: { ...last, node: moved(last.node) } }) };
}

/** Puts something new into a draft. @returns the node that leads on from it */
export function putPiece(change: Draft, { first, last }: Piece): FlowNodeInput {
  change.addNode(first);
  if (!last) return first;
  change.addNode(last.node);
  change.addEdge(last.edge);
  return last.node;
}

/** Puts something new on the canvas. */
export function addPiece(document: DocumentReader, piece: Piece): Diff {
  const change = draft(document);
  putPiece(change, piece);
  return change.diff();
}
