import type { FlowNodeInput } from '@crmflow/contracts';
import { handlesOf } from '@crmflow/contracts/nodes';
import type { Diff } from '../model/diff.js';
import { replyIn } from '../model/asks.js';
import type { DocumentReader } from '../model/store.js';
import { draft } from './change.js';

/** A place on the canvas, or a way on it, in its own units. */
export type Point = { x: number; y: number };

/**
 * Moves nodes to places of their own, with what is on the same card and has no place here. Those that
 * are there already, or are no more, are left.
 */
export function placeNodes(document: DocumentReader, places: ReadonlyMap<string, Point>): Diff {
  const change = draft(document);
  const put = (node: FlowNodeInput, { x, y }: Point) =>
    change.setNode(node.id, { ...node, position: { x, y } });
  for (const [id, { x, y }] of places) {
    const node = document.node(id);
    if (!node || (node.position.x === x && node.position.y === y)) continue;
    put(node, { x, y });
    const reply = replyIn(document, id);
    if (!reply || places.has(reply.id)) continue;
    const by = { x: x - node.position.x, y: y - node.position.y };
    put(reply, { x: reply.position.x + by.x, y: reply.position.y + by.y });
  }
  return change.diff();
}

/** Removes nodes with the edges at them, edges, and notes. */
export function remove(
  document: DocumentReader,
  {
    nodes = [],
    edges = [],
    notes = [],
  }: { nodes?: Iterable<string>; edges?: Iterable<string>; notes?: Iterable<string> },
): Diff {
  const change = draft(document);
  for (const id of edges) change.removeEdge(id);
  for (const id of notes) change.removeNote(id);
  for (const id of nodes) {
    for (const edge of document.edgesOf(id)) change.removeEdge(edge.id);
    change.removeNode(id);
  }
  return change.diff();
}

/** Gives a node another label. */
export function labelNode(document: DocumentReader, id: string, label: string): Diff {
  const change = draft(document);
  const node = document.node(id);
  if (node && node.label !== label) change.setNode(id, { ...node, label });
  return change.diff();
}

/**
 * Gives a node other data. Edges follow a case of a branch that got another handle; those whose
 * handle is gone go with it.
 * @param renamed old handle → new handle
 */
export function setNodeData(
  document: DocumentReader,
  id: string,
  data: FlowNodeInput['data'],
  renamed: ReadonlyMap<string, string> = new Map(),
): Diff {
  const change = draft(document);
  const node = document.node(id);
  if (!node) return change.diff();
  const next = { ...node, data } as FlowNodeInput;
  change.setNode(id, next);
  const handles = new Set(handlesOf(next));
  for (const edge of document.edgesOf(id)) {
    if (edge.source !== id) continue;
    const sourceHandle = renamed.get(edge.sourceHandle) ?? edge.sourceHandle;
    if (!handles.has(sourceHandle)) change.removeEdge(edge.id);
    else if (sourceHandle !== edge.sourceHandle) change.setEdge(edge.id, { ...edge, sourceHandle });
  }
  return change.diff();
}
