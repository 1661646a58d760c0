import type { FlowNote } from '@crmflow/contracts';
import type { Diff } from '../model/diff.js';
import type { DocumentReader } from '../model/store.js';
import { draft } from './change.js';
import type { Point } from './nodes.js';

/** Puts a note on the canvas. */
export function addNote(document: DocumentReader, note: FlowNote): Diff {
  const change = draft(document);
  change.addNote(note);
  return change.diff();
}

/** Gives a note other words. */
export function writeNote(document: DocumentReader, id: string, text: string): Diff {
  const change = draft(document);
  const note = document.note(id);
  if (note && note.text !== text) change.setNote(id, { ...note, text });
  return change.diff();
}

/** Moves notes to places of their own. Those that are there already, or are no more, are left. */
export function placeNotes(document: DocumentReader, places: ReadonlyMap<string, Point>): Diff {
  const change = draft(document);
  for (const [id, { x, y }] of places) {
    const note = document.note(id);
    if (!note || (note.position.x === x && note.position.y === y)) continue;
    change.setNote(id, { ...note, position: { x, y } });
  }
  return change.diff();
}
