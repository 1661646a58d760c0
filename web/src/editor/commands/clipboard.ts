import type { Edge, FlowNodeInput, FlowNote } from '@crmflow/contracts';
import { withTools } from '@crmflow/contracts/tools';
import type { Diff } from '../model/diff.js';
import type { DocumentReader } from '../model/store.js';
import { draft } from './change.js';
import type { Point } from './nodes.js';

/** Nodes, the edges among them, and notes, as they are copied. */
export type Fragment = { nodes: FlowNodeInput[]; edges: Edge[]; notes: FlowNote[] };

/** The nodes with the edges that both begin and end at one of them, and notes. */
export function copy(
  document: DocumentReader,
  ids: ReadonlySet<string>,
  noteIds: ReadonlySet<string> = new Set(),
): Fragment {
  return {
    nodes: document.nodes().filter(({ id }) => ids.has(id)),
    edges: document.edges().filter(({ source, target }) => ids.has(source) && ids.has(target)),
    notes: document.notes().filter(({ id }) => noteIds.has(id)),
  };
}

/**
 * Puts a copy on the canvas, under new ids.
 * @param by how far from where it was copied
 * @returns the diff, and the ids of what is new, to be selected
 */
export function paste(
  document: DocumentReader,
  { nodes, edges, notes }: Fragment,
  by: Point,
  newId: () => string,
): { diff: Diff; nodeIds: string[]; noteIds: string[] } {
  const change = draft(document);
  const ids = new Map(nodes.map(({ id }) => [id, newId()]));
  for (const node of nodes) {
    const { x, y } = node.position;
    const id = ids.get(node.id) ?? newId();
    const copied = { ...node, id, position: { x: x + by.x, y: y + by.y } };
    change.addNode(withTools(copied, (tool) => ids.get(tool) ?? tool));
  }
  for (const edge of edges) {
    const source = ids.get(edge.source);
    const target = ids.get(edge.target);
    if (source && target) change.addEdge({ ...edge, id: newId(), source, target });
  }
  const copies = notes.map((note) => {
    const { x, y } = note.position;
    return { ...note, id: newId(), position: { x: x + by.x, y: y + by.y } };
  });
  for (const note of copies) change.addNote(note);
  return {
    diff: change.diff(),
    nodeIds: [...ids.values()],
    noteIds: copies.map(({ id }) => id),
  };
}
