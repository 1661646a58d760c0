import { moveFrom, type Places, placesOf } from '../commands/move.js';
import type { Point } from '../commands/nodes.js';
import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import type { Gesture } from '../history/history.js';

/** Places snap to it, as those of nodes do. */
const grid = 8;
/** Pixels that a press may wander and still be a click. */
const slack = 3;

const toGrid = (value: number) => Math.round(value / grid) * grid;

/** What a drag must know of the canvas. */
export type DragSurroundings = {
  zoom: () => number;
  /** Whether a second finger has come, which ends the drag. */
  areTwo: () => boolean;
};

/**
 * Follows the pointer that has pressed a note, and moves the note with all else that is selected.
 * A drag is one step for undo; Escape takes it back, and so does a second finger.
 */
export function dragNote(
  { document, history, selection }: Editor,
  id: string,
  press: PointerEvent,
  { zoom, areTwo }: DragSurroundings,
): void {
  const hasModifier = press.shiftKey || press.metaKey || press.ctrlKey;
  if (hasModifier) selection.toggle(id, 'notes');
  else if (!selection.current.peek().notes.has(id)) selection.set({ notes: [id] });
  const places: Places = placesOf(document, selection.current.peek());
  const from = places.notes.get(id);
  if (!from) return;
  let gesture: Gesture | undefined;

  const end = () => {
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', onUp);
    window.removeEventListener('keydown', onKeyDown, { capture: true });
  };
  const abort = () => {
    gesture?.cancel();
    end();
  };
  const heldAt = (by: Point, isFree: boolean): Point =>
    isFree
      ? { x: Math.round(by.x), y: Math.round(by.y) }
      : { x: toGrid(from.x + by.x) - from.x, y: toGrid(from.y + by.y) - from.y };

  function onMove(event: PointerEvent) {
    if (event.pointerId !== press.pointerId) return;
    if (areTwo()) {
      abort();
      return;
    }
    const [x, y] = [event.clientX - press.clientX, event.clientY - press.clientY];
    if (!gesture && Math.hypot(x, y) < slack) return;
    gesture ??= history.begin(texts.steps.move);
    const k = zoom();
    gesture.update(moveFrom(document, places, heldAt({ x: x / k, y: y / k }, event.altKey)));
  }
  function onUp(event: PointerEvent) {
    if (event.pointerId !== press.pointerId) return;
    if (gesture) gesture.commit();
    else if (!hasModifier) selection.set({ notes: [id] });
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
