import { signal, type ReadonlySignal } from '@preact/signals';
import type { AreaPlugin } from 'rete-area-plugin';
import { inlet, outletPoint } from '../canvas/geometry.js';
import type { Point } from '../commands/nodes.js';
import type { DocumentReader } from '../model/store.js';
import type { AreaSignal } from './area-signal.js';
import type { Schemes } from './schemes.js';

/** Both ends of an edge on the canvas. */
export type Ends = { from: Point; to: Point };

const plus = (a: Point, b: Point): Point => ({ x: a.x + b.x, y: a.y + b.y });

/** The edge that is being drawn, which the connection plugin tells as a connection of one end. */
export function followDrawnEdge(
  area: AreaPlugin<Schemes, AreaSignal>,
  document: DocumentReader,
): ReadonlySignal<Ends | undefined> {
  const drawn = signal<Ends | undefined>(undefined);
  let held: HTMLElement | undefined;
  area.addPipe((context) => {
    if (context.type === 'render' && context.data.type === 'connection') {
      const { element, payload, start, end } = context.data;
      held = element;
      const source = document.node(payload.source);
      const target = document.node(payload.target);
      if (source && end) {
        drawn.value = {
          from: plus(source.position, outletPoint(source, payload.sourceOutput)),
          to: end,
        };
      } else if (target && start) {
        drawn.value = { from: start, to: plus(target.position, inlet) };
      }
    }
    if (context.type === 'unmount' && context.data.element === held) {
      held = undefined;
      drawn.value = undefined;
    }
    return context;
  });
  return drawn;
}
