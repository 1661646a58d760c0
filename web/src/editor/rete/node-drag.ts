import { type AreaPlugin, Drag } from 'rete-area-plugin';
import { moveFrom, type Places, placesOf } from '../commands/move.js';
import type { Point } from '../commands/nodes.js';
import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import type { Gesture } from '../history/history.js';
import { boxesApart } from '../notes/note-box.js';
import { announceMoved } from '../announce-moved.js';
import type { AreaSignal } from './area-signal.js';
import type { Schemes } from './schemes.js';
import type { Snapping } from '../canvas/snap.js';
import type { Touches } from './touches.js';

const nothing: Places = { nodes: new Map(), notes: new Map() };
/** Pixels that a press may wander and still be a click. */
const slack = 3;

/**
 * Lets a node be pressed, to select it, and, where it may be moved, dragged, together with all that
 * is selected. A drag is one step for undo; Escape takes it back, and so does a second finger. Alt
 * lets things be put anywhere.
 * @returns lets it be pressed no more
 */
export function makePressable(
  area: AreaPlugin<Schemes, AreaSignal>,
  editor: Editor,
  id: string,
  element: HTMLElement,
  isMovable: boolean,
  snapping: Snapping,
  touches: Touches,
): () => void {
  const { document, history, selection } = editor;
  let starts = nothing;
  let gesture: Gesture | undefined;
  let hold: ReturnType<Snapping['begin']> | undefined;
  let wasSelected = false;

  const abort = () => {
    starts = nothing;
    gesture?.cancel();
    snapping.end();
  };
  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    abort();
  };

  const start = (event: PointerEvent) => {
    const { nodes } = selection.current.peek();
    wasSelected = nodes.has(id);
    if (event.shiftKey || event.metaKey || event.ctrlKey) selection.toggle(id);
    else if (!wasSelected) selection.set({ nodes: [id] });
    starts = placesOf(document, selection.current.peek());
  };

  const begin = (from: Point) => {
    const { dragged, others } = boxesApart(document, starts);
    hold = snapping.begin(from, dragged, others);
    window.addEventListener('keydown', onEscape, { capture: true });
    element.style.zIndex = '1';
    return history.begin(texts.steps.move);
  };

  const translate = (x: number, y: number, { altKey }: PointerEvent) => {
    if (touches.areTwo()) abort();
    const from = starts.nodes.get(id);
    if (!from || !isMovable) return;
    const by = { x: x - from.x, y: y - from.y };
    const { k } = area.area.transform;
    if (!gesture && Math.hypot(by.x, by.y) * k < slack) return;
    gesture ??= begin(from);
    const held = hold?.(by, k, altKey) ?? by;
    gesture.update(moveFrom(document, starts, held));
  };

  const end = (event: PointerEvent) => {
    window.removeEventListener('keydown', onEscape, { capture: true });
    const hasModifier = event.shiftKey || event.metaKey || event.ctrlKey;
    if (gesture) {
      const isMoved = gesture.isOpen();
      gesture.commit();
      if (isMoved) announceMoved(editor);
    } else if (wasSelected && !hasModifier) selection.set({ nodes: [id] });
    gesture = undefined;
    starts = nothing;
    snapping.end();
    element.style.zIndex = '';
  };

  const drag = new Drag();
  drag.initialize(
    element,
    {
      getCurrentPosition: () => document.node(id)?.position ?? { x: 0, y: 0 },
      getZoom: () => area.area.transform.k,
    },
    { start, translate, drag: end },
  );
  return () => drag.destroy();
}
