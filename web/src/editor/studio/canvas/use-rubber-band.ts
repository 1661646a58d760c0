import { useSignal, type ReadonlySignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { nodeBoxes } from '../../canvas/geometry.js';
import type { Selected } from '../../selection.js';
import type { Box } from '../../commands/arrange.js';
import type { Point } from '../../commands/nodes.js';
import type { Editor } from '../../editor.js';
import { noteBox } from '../../notes/note-box.js';
import type { Canvas } from '../../rete/create-canvas.js';
import { isSpaceHeld } from './space-key.js';

type Corners = { from: Point; to: Point };

const sidesOf = ({ from, to }: Corners) => ({
  left: Math.min(from.x, to.x),
  top: Math.min(from.y, to.y),
  right: Math.max(from.x, to.x),
  bottom: Math.max(from.y, to.y),
});

/** Pixels that a finger may wander and still be a tap. */
const slack = 8;

const none = { nodes: new Set<string>(), notes: new Set<string>() };

/**
 * Selects by a box that is drawn over the empty canvas; a mere click or tap there selects nothing.
 */
export function useRubberBand(
  frame: RefObject<HTMLElement | null>,
  canvas: ReadonlySignal<Canvas | undefined>,
  { document, selection }: Editor,
) {
  const corners = useSignal<Corners | undefined>(undefined);
  const kept = useRef<Pick<Selected, 'nodes' | 'notes'>>(none);
  const tapped = useRef<Point | undefined>(undefined);

  const select = (band: Corners) => {
    const viewport = canvas.peek()?.viewport;
    if (!viewport) return;
    const { left, top, right, bottom } = sidesOf({
      from: viewport.toCanvas(band.from),
      to: viewport.toCanvas(band.to),
    });
    const inside = (boxes: Box[]) =>
      boxes
        .filter(
          (box) =>
            box.x < right && box.y < bottom && box.x + box.width > left && box.y + box.height > top,
        )
        .map(({ id }) => id);
    selection.set({
      nodes: [...kept.current.nodes, ...inside(nodeBoxes(document))],
      notes: [...kept.current.notes, ...inside(document.notes().map(noteBox))],
    });
  };

  const onPointerDown = (event: PointerEvent) => {
    const isOnNothing =
      event.target instanceof Element &&
      !event.target.closest('[data-node], [data-edge], [data-note]');
    const at = { x: event.clientX, y: event.clientY };
    tapped.current = isOnNothing && event.pointerType === 'touch' ? at : undefined;
    const isMine = event.pointerType === 'mouse' && event.button === 0 && !isSpaceHeld();
    if (!isOnNothing || !isMine) return;
    frame.current?.setPointerCapture(event.pointerId);
    kept.current = event.shiftKey ? selection.current.peek() : none;
    if (!event.shiftKey) selection.clear();
    corners.value = { from: at, to: at };
  };
  const onPointerMove = (event: PointerEvent) => {
    const { value } = corners;
    if (!value) return;
    corners.value = { ...value, to: { x: event.clientX, y: event.clientY } };
    select(corners.value);
  };
  const end = () => {
    corners.value = undefined;
  };
  const onPointerUp = ({ clientX, clientY }: PointerEvent) => {
    const { current } = tapped;
    tapped.current = undefined;
    end();
    if (current && Math.hypot(clientX - current.x, clientY - current.y) < slack) selection.clear();
  };

  return {
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: end },
    /** Where it is drawn, in pixels of the frame. */
    get box() {
      const bounds = frame.current?.getBoundingClientRect();
      if (!corners.value || !bounds) return { value: undefined };
      const { left, top, right, bottom } = sidesOf(corners.value);
      return {
        value: {
          left: `${left - bounds.left}px`,
          top: `${top - bounds.top}px`,
          width: `${right - left}px`,
          height: `${bottom - top}px`,
        },
      };
    },
  };
}
