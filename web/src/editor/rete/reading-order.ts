import { effect } from '@preact/signals';
import { nodeBoxes } from '../canvas/geometry.js';
import { readingOrder } from '../canvas/reading-order.js';
import type { DocumentReader } from '../model/store.js';

/** A gesture changes the flow with each frame: it is over once nothing has changed for so long. */
const restMs = 300;

/** Puts elements into an order without moving the one that has focus, which would lose it. */
function arrange(elements: readonly HTMLElement[]): void {
  const [first] = elements;
  const holder = first?.parentElement;
  if (!holder) return;
  const all = new Set<Element>(elements);
  const nextFrom = (element: Element | null | undefined) => {
    let next = element ?? null;
    while (next && !all.has(next)) next = next.nextElementSibling;
    return next;
  };
  let at = nextFrom(holder.firstElementChild);
  for (const element of elements) {
    if (element !== at && element.contains(window.document.activeElement)) {
      let behind: Element = element;
      while (at && at !== element) {
        const next = nextFrom(at.nextElementSibling);
        behind.after(at);
        behind = at;
        at = next;
      }
    }
    if (element === at) at = nextFrom(at.nextElementSibling);
    else holder.insertBefore(element, at);
  }
}

/**
 * Keeps the cards on the page in the order in which one reads them, so that Tab goes through them
 * so, wherever they were put and whenever they were added.
 * @param placeOf where a node's card is drawn
 */
export function keepReadingOrder(
  document: DocumentReader,
  placeOf: (nodeId: string) => HTMLElement | undefined,
): { dispose(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const order = () => {
    const ids = readingOrder(nodeBoxes(document));
    arrange(ids.flatMap((id) => placeOf(id) ?? []));
  };
  const watch = effect(() => {
    if (document.version.value < 0) return;
    clearTimeout(timer);
    timer = setTimeout(order, restMs);
  });
  return {
    dispose() {
      watch();
      clearTimeout(timer);
    },
  };
}
