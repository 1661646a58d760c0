import type { Fingers } from '../canvas/viewport.js';
import type { Point } from '../commands/nodes.js';

/** The fingers on the canvas. */
export type Touches = {
  /** Whether there are two, so that one of them alone drags nothing. */
  areTwo(): boolean;
  /** @param listener is told where two fingers were and where they are now, in the window */
  onPinch(listener: (before: Fingers, after: Fingers) => void): void;
  dispose(): void;
};

/**
 * Follows the fingers on an element. It looks before anybody else does: those who drag keep what
 * they take from the ones above them.
 */
export function followTouches(element: HTMLElement): Touches {
  const fingers = new Map<number, Point>();
  let notify: (before: Fingers, after: Fingers) => void = () => undefined;

  const both = (): Fingers | undefined => {
    const [a, b] = [...fingers.values()];
    return a && b ? [a, b] : undefined;
  };
  const placeOf = ({ clientX, clientY }: PointerEvent) => ({ x: clientX, y: clientY });

  const onDown = (event: PointerEvent) => {
    if (event.pointerType !== 'touch') return;
    if (event.isPrimary) fingers.clear();
    fingers.set(event.pointerId, placeOf(event));
  };
  const onMove = (event: PointerEvent) => {
    if (!fingers.has(event.pointerId)) return;
    const before = both();
    fingers.set(event.pointerId, placeOf(event));
    const after = both();
    if (before && after) notify(before, after);
  };
  const onUp = (event: PointerEvent) => fingers.delete(event.pointerId);

  element.addEventListener('pointerdown', onDown, { capture: true });
  window.addEventListener('pointermove', onMove, { capture: true });
  window.addEventListener('pointerup', onUp, { capture: true });
  window.addEventListener('pointercancel', onUp, { capture: true });
  return {
    areTwo: () => fingers.size > 1,
    onPinch(listener) {
      notify = listener;
    },
    dispose() {
      element.removeEventListener('pointerdown', onDown, { capture: true });
      window.removeEventListener('pointermove', onMove, { capture: true });
      window.removeEventListener('pointerup', onUp, { capture: true });
      window.removeEventListener('pointercancel', onUp, { capture: true });
    },
  };
}
