import { signal } from '@preact/signals';
import { type AreaPlugin, Drag, Zoom } from 'rete-area-plugin';
import {
  begunAt,
  type Fingers,
  type Transform,
  type Viewport,
  fitted,
  pinched,
  withinZoom,
} from '../canvas/viewport.js';
import type { AreaSignal } from './area-signal.js';
import type { Schemes } from './schemes.js';
import type { Touches } from './touches.js';

/** The wheel pans, and zooms with Ctrl or ⌘ (which is also how a pinch on a touchpad comes). */
class WheelZoom extends Zoom {
  constructor(private readonly panBy: (x: number, y: number) => void) {
    super(0.1);
    this.wheel = (event) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      if (!event.ctrlKey && !event.metaKey) {
        const [x, y] = event.shiftKey ? [event.deltaY, event.deltaX] : [event.deltaX, event.deltaY];
        this.panBy(-x * lines, -y * lines);
        return;
      }
      const delta = Math.exp((-event.deltaY * lines) / 240) - 1;
      const { left, top } = this.element.getBoundingClientRect();
      this.onzoom(delta, (left - event.clientX) * delta, (top - event.clientY) * delta, 'wheel');
    };
    // A double click opens things; it does not zoom. Fingers are followed by `followTouches`.
    this.dblclick = () => undefined;
    this.down = () => undefined;
  }
}

/**
 * Moves what is seen: by wheel, pinch, the middle button, one finger or two, or with Space held.
 * @param isPanning whether a press of the main button pans, as with Space held
 */
export function createViewport(
  area: AreaPlugin<Schemes, AreaSignal>,
  isPanning: () => boolean,
  touches: Touches,
): Viewport {
  const transform = signal<Transform>({ ...area.area.transform });
  const frame = () => area.container.getBoundingClientRect();
  // Kept, since reading it from the page lays it out again, once for each edge and card.
  const measured = () => ({
    width: area.container.clientWidth,
    height: area.container.clientHeight,
  });
  const size = signal(measured());
  new ResizeObserver(() => (size.value = measured())).observe(area.container);

  const go = async ({ x, y, k }: Transform) => {
    await area.area.zoom(k);
    await area.area.translate(x, y);
  };
  const panBy = (x: number, y: number) => {
    const { transform: now } = area.area;
    void area.area.translate(now.x + x, now.y + y);
  };

  area.area.setZoomHandler(new WheelZoom(panBy));
  area.area.setDragHandler(
    new Drag({
      down: (event) => event.pointerType === 'touch' || event.button === 1 || isPanning(),
      move: () => !touches.areTwo(),
    }),
  );
  touches.onPinch((before, after) => {
    const { left, top } = frame();
    const inFrame = ([a, b]: Fingers): Fingers => [
      { x: a.x - left, y: a.y - top },
      { x: b.x - left, y: b.y - top },
    ];
    void go(pinched(area.area.transform, inFrame(before), inFrame(after)));
  });
  area.addPipe((context) => {
    if (context.type === 'zoom') {
      return { ...context, data: { ...context.data, zoom: withinZoom(context.data.zoom) } };
    }
    if (context.type === 'zoomed' || context.type === 'translated') {
      transform.value = { ...area.area.transform };
    }
    return context;
  });

  return {
    transform,
    zoomTo(k, about) {
      const { x, y, k: now } = area.area.transform;
      const { width, height } = size.peek();
      const at = about ?? { x: width / 2, y: height / 2 };
      const next = withinZoom(k);
      const ratio = next / now;
      void go({ k: next, x: at.x - (at.x - x) * ratio, y: at.y - (at.y - y) * ratio });
    },
    panBy: ({ x, y }) => panBy(x, y),
    fit(boxes, least = 0, direction = 'right') {
      const whole = fitted(boxes, size.peek());
      const [first] = boxes;
      void go(first && whole.k < least ? begunAt(first, size.peek(), least, direction) : whole);
    },
    center(box, least = 0) {
      const k = Math.max(area.area.transform.k, least);
      const { width, height } = size.peek();
      const x = width / 2 - (box.x + box.width / 2) * k;
      const y = height / 2 - (box.y + box.height / 2) * k;
      void go({ k, x, y });
    },
    toCanvas({ x, y }) {
      const { left, top } = frame();
      const now = area.area.transform;
      return { x: (x - left - now.x) / now.k, y: (y - top - now.y) / now.k };
    },
    size: () => size.value,
  };
}
