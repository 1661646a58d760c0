import type { Diff } from '../model/diff.js';
import type { DocumentReader } from '../model/store.js';
import { type Point, placeNodes } from './nodes.js';
import { placeNotes } from './notes.js';

/** Where nodes and notes are, by id. */
export type Places = { nodes: ReadonlyMap<string, Point>; notes: ReadonlyMap<string, Point> };

/** Where nodes and notes are now; those that are no more are left out. */
export function placesOf(
  document: DocumentReader,
  { nodes, notes }: { nodes: Iterable<string>; notes: Iterable<string> },
): Places {
  const places = (
    ids: Iterable<string>,
    find: (id: string) => { position: Point } | undefined,
  ): ReadonlyMap<string, Point> =>
    new Map(
      [...ids].flatMap((id) => {
        const found = find(id);
        return found ? [[id, found.position] as const] : [];
      }),
    );
  return { nodes: places(nodes, document.node), notes: places(notes, document.note) };
}

/** Moves nodes and notes together, from where they were. */
export function moveFrom(document: DocumentReader, { nodes, notes }: Places, by: Point): Diff {
  const moved = (places: ReadonlyMap<string, Point>) =>
    new Map([...places].map(([id, { x, y }]) => [id, { x: x + by.x, y: y + by.y }]));
  return new Map([...placeNodes(document, moved(nodes)), ...placeNotes(document, moved(notes))]);
}
