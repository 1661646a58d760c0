import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Point } from '../../commands/nodes.js';

/** As long as a finger rests until it is a long press, in milliseconds. */
const restMs = 500;
/** Pixels that it may wander meanwhile. */
const slack = 8;

/** Tells of fingers that rest: what the other button is for a mouse. */
export function useLongPress(
  frame: RefObject<HTMLElement | null>,
  onPress: (target: EventTarget | null, client: Point) => void,
): void {
  const latest = useRef(onPress);
  latest.current = onPress;
  useEffect(() => {
    const { current } = frame;
    if (!current) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let start: Point | undefined;
    const stop = () => {
      clearTimeout(timer);
      start = undefined;
    };
    const onDown = (event: PointerEvent) => {
      stop();
      if (event.pointerType !== 'touch' || !event.isPrimary) return;
      const at = { x: event.clientX, y: event.clientY };
      start = at;
      timer = setTimeout(() => latest.current(event.target, at), restMs);
    };
    const onMove = ({ clientX, clientY }: PointerEvent) => {
      if (start && Math.hypot(clientX - start.x, clientY - start.y) > slack) stop();
    };
    current.addEventListener('pointerdown', onDown, true);
    current.addEventListener('pointermove', onMove, true);
    window.addEventListener('pointerup', stop);
    window.addEventListener('pointercancel', stop);
    return () => {
      stop();
      current.removeEventListener('pointerdown', onDown, true);
      current.removeEventListener('pointermove', onMove, true);
      window.removeEventListener('pointerup', stop);
      window.removeEventListener('pointercancel', stop);
    };
  }, [frame]);
}
