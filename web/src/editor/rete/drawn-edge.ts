import { signal, type ReadonlySignal } from '@preact/signals';
import type { AreaPlugin } from 'rete-area-plugin';
import { type Ends, inletAt, outletAt } from '../canvas/geometry.js';
import type { DocumentReader } from '../model/store.js';
import type { AreaSignal } from './area-signal.js';
import type { Schemes } from './schemes.js';

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
        const { side, x, y } = outletAt(document, source, payload.sourceOutput);
        drawn.value = { from: { x, y }, to: end, side };
      } else if (target && start) {
        const direction = document.direction.peek();
        const side = direction === 'down' ? 'bottom' : 'right';
        drawn.value = { from: start, to: inletAt(target, direction), side };
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
