import { type AreaPlugin, Drag } from 'rete-area-plugin';
import { type Point, placeNodes } from '../commands/nodes.js';
import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import type { Gesture } from '../history/history.js';
import type { AreaSignal } from './area-signal.js';
import type { Schemes } from './schemes.js';

/** Places snap to it, so that what looks aligned is. */
const grid = 8;
/** Pixels that a press may wander and still be a click. */
const slack = 3;

const snap = (value: number) => Math.round(value / grid) * grid;

/**
 * Lets a node be pressed, to select it, and, where it may be moved, dragged, together with all that
 * is selected. A drag is one step for undo; Escape takes it back.
 */
export function makePressable(
  area: AreaPlugin<Schemes, AreaSignal>,
  { document, history, selection }: Editor,
  id: string,
  isMovable: boolean,
): void {
  const view = area.nodeViews.get(id);
  if (!view) return;
  let starts = new Map<string, Point>();
  let gesture: Gesture | undefined;
  let wasSelected = false;

  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    starts.clear();
    gesture?.cancel();
  };

  const start = (event: PointerEvent) => {
    const { nodes } = selection.current.peek();
    wasSelected = nodes.has(id);
    if (event.shiftKey || event.metaKey || event.ctrlKey) selection.toggle(id);
    else if (!wasSelected) selection.set({ nodes: [id] });
    const places = [...selection.current.peek().nodes].flatMap((one) => {
      const node = document.node(one);
      return node ? [[one, node.position] as const] : [];
    });
    starts = new Map(places);
  };

  const translate = (x: number, y: number) => {
    const from = starts.get(id);
    if (!from || !isMovable) return;
    const by = { x: x - from.x, y: y - from.y };
    const { k } = area.area.transform;
    if (!gesture && Math.hypot(by.x, by.y) * k < slack) return;
    if (!gesture) {
      gesture = history.begin(texts.steps.move);
      window.addEventListener('keydown', onEscape, { capture: true });
    }
    const snapped = { x: snap(from.x + by.x) - from.x, y: snap(from.y + by.y) - from.y };
    const places = [...starts].map(
      ([one, at]) => [one, { x: at.x + snapped.x, y: at.y + snapped.y }] as const,
    );
    gesture.update(placeNodes(document, new Map(places)));
  };

  const end = (event: PointerEvent) => {
    window.removeEventListener('keydown', onEscape, { capture: true });
    const hasModifier = event.shiftKey || event.metaKey || event.ctrlKey;
    if (gesture) gesture.commit();
    else if (wasSelected && !hasModifier) selection.set({ nodes: [id] });
    gesture = undefined;
    starts = new Map();
  };

  view.dragHandler.destroy();
  view.dragHandler = new Drag();
  view.dragHandler.initialize(
    view.element,
    { getCurrentPosition: () => view.position, getZoom: () => area.area.transform.k },
    { start, translate, drag: end },
  );
}
