import { moveFrom, type Places, placesOf } from '../commands/move.js';
import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import type { Gesture } from '../history/history.js';
import type { Snapping } from '../canvas/snap.js';
import { announceMoved } from '../announce-moved.js';
import { boxesApart } from './note-box.js';

/** Pixels that a press may wander and still be a click. */
const slack = 3;

/** What a drag must know of the canvas. */
export type DragSurroundings = {
  zoom: () => number;
  /** Whether a second finger has come, which ends the drag. */
  areTwo: () => boolean;
  /** Holds what is dragged at the grid and at what is near it. */
  snapping: Snapping;
};

/**
 * Follows the pointer that has pressed a note, and moves the note with all else that is selected.
 * A drag is one step for undo; Escape takes it back, and so does a second finger.
 */
export function dragNote(
  editor: Editor,
  id: string,
  press: PointerEvent,
  { zoom, areTwo, snapping }: DragSurroundings,
): void {
  const { document, history, selection } = editor;
  const hasModifier = press.shiftKey || press.metaKey || press.ctrlKey;
  if (hasModifier) selection.toggle(id, 'notes');
  else if (!selection.current.peek().notes.has(id)) selection.set({ notes: [id] });
  const places: Places = placesOf(document, selection.current.peek());
  const start = places.notes.get(id);
  if (!start) return;
  let gesture: Gesture | undefined;
  let hold: ReturnType<Snapping['begin']> | undefined;

  const end = () => {
    snapping.end();
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', onUp);
    window.removeEventListener('keydown', onKeyDown, { capture: true });
  };
  const abort = () => {
    gesture?.cancel();
    end();
  };
  const begin = () => {
    const { dragged, others } = boxesApart(document, places);
    hold = snapping.begin(start, dragged, others);
    return history.begin(texts.steps.move);
  };

  function onMove(event: PointerEvent) {
    if (event.pointerId !== press.pointerId) return;
    if (areTwo()) {
      abort();
      return;
    }
    const [x, y] = [event.clientX - press.clientX, event.clientY - press.clientY];
    if (!gesture && Math.hypot(x, y) < slack) return;
    gesture ??= begin();
    const k = zoom();
    const by = { x: x / k, y: y / k };
    gesture.update(moveFrom(document, places, hold?.(by, k, event.altKey) ?? by));
  }
  function onUp(event: PointerEvent) {
    if (event.pointerId !== press.pointerId) return;
    if (gesture) {
      gesture.commit();
      announceMoved(editor);
    } else if (!hasModifier) selection.set({ notes: [id] });
    end();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    abort();
  }
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  window.addEventListener('pointercancel', onUp);
  window.addEventListener('keydown', onKeyDown, { capture: true });
}
