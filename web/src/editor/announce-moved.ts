import { placesOf } from './commands/move.js';
import type { Editor } from './editor.js';
import { texts } from './editor-texts.js';

/** Says where what is selected has been moved to. */
export function announceMoved({ document, selection, announcement }: Editor): void {
  const { nodes, notes } = placesOf(document, selection.current.peek());
  const places = [...nodes.values(), ...notes.values()];
  const [only] = places;
  if (!only) return;
  announcement.value =
    places.length === 1 ? texts.moved.one(only.x, only.y) : texts.moved.many(places.length);
}
