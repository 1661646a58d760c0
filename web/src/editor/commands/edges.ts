import { handlesOf } from '@crmflow/contracts/nodes';
import type { Diff } from '../model/diff.js';
import type { DocumentReader } from '../model/store.js';
import { draft } from './change.js';
import { type Piece, putPiece } from './new-node.js';

/** From which handle of which node an edge leaves. */
export type Outlet = { source: string; sourceHandle: string };

/** Whether an edge may be drawn so; a node may lead to itself. */
export function canConnect(document: DocumentReader, outlet: Outlet, target: string): boolean {
  const source = document.node(outlet.source);
  const end = document.node(target);
  if (!source || !end || end.type === 'trigger') return false;
  return handlesOf(source).includes(outlet.sourceHandle);
}

/** Draws an edge. A handle leads to one node: the edge that left there before goes. */
export function connect(
  document: DocumentReader,
  outlet: Outlet,
  target: string,
  id: string,
): Diff {
  const change = draft(document);
  if (!canConnect(document, outlet, target)) return change.diff();
  const last = document.edgeFrom(outlet.source, outlet.sourceHandle);
  if (last?.target === target) return change.diff();
  if (last) change.removeEdge(last.id);
  change.addEdge({ id, source: outlet.source, sourceHandle: outlet.sourceHandle, target });
  return change.diff();
}

/**
 * Puts something new into an edge: what led to the old target leads to it, and its first handle leads
 * on. A trigger, to which nothing leads, is put beside it.
 */
export function insertOnEdge(
  document: DocumentReader,
  edgeId: string,
  piece: Piece,
  newEdgeId: string,
): Diff {
  const change = draft(document);
  const edge = document.edge(edgeId);
  const { first } = piece;
  const leaving = putPiece(change, piece);
  const [sourceHandle] = handlesOf(leaving);
  if (edge && first.type !== 'trigger' && sourceHandle !== undefined) {
    change.setEdge(edgeId, { ...edge, target: first.id });
    change.addEdge({ id: newEdgeId, source: leaving.id, sourceHandle, target: edge.target });
  }
  return change.diff();
}

/** Puts something new at the end of an edge that was drawn into nothing. */
export function addConnected(
  document: DocumentReader,
  outlet: Outlet,
  piece: Piece,
  edgeId: string,
): Diff {
  const change = draft(document);
  putPiece(change, piece);
  const last = document.edgeFrom(outlet.source, outlet.sourceHandle);
  if (piece.first.type !== 'trigger') {
    if (last) change.removeEdge(last.id);
    change.addEdge({ id: edgeId, ...outlet, target: piece.first.id });
  }
  return change.diff();
}
