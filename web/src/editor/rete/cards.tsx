import { effect } from '@preact/signals';
import { render, type VNode } from 'preact';
import type { AreaPlugin } from 'rete-area-plugin';
import { boxOf } from '../canvas/geometry.js';
import type { Detail } from '../canvas/node-card.js';
import type { Viewport } from '../canvas/viewport.js';
import type { DocumentReader } from '../model/store.js';
import type { AreaSignal } from './area-signal.js';
import type { Schemes } from './schemes.js';

type Card = { element: HTMLElement; drawn?: Detail; isSeen: boolean };

/**
 * Milliseconds of a frame that may go into drawing cards that come into sight: as long as the
 * browser took for the last frame, or much of the time would go into frames with little in them.
 */
const slice = { least: 8, most: 32 };
/** Pixels around the frame in which cards are drawn before they are seen. */
const margin = 200;

/** What the drawer of cards needs. */
export type CardsOptions = {
  document: DocumentReader;
  viewport: Viewport;
  /** Whether a card must stay on the page: focus or a selection is on it. */
  isKept: (id: string) => boolean;
  /** Below this zoom a card that comes into sight is drawn as from far off. */
  farBelow: number;
  view: (id: string, detail: Detail) => VNode;
};

/**
 * Draws each node's card into the element that the area has for it, the first time that it comes
 * into sight, a slice per frame, and with all its details once one is near enough to read them;
 * what is out of sight is not shown. So a canvas of a thousand
 * nodes costs what is seen of it.
 */
export function drawCards(
  area: AreaPlugin<Schemes, AreaSignal>,
  { document, viewport, isKept, farBelow, view }: CardsOptions,
): { look(): void; dispose(): void } {
  const cards = new Map<string, Card>();
  let frame = 0;
  let askedAt = 0;

  const isInSight = (id: string): boolean => {
    const node = document.node(id);
    if (!node) return false;
    const { x, y, k } = viewport.transform.peek();
    const { width, height } = viewport.size();
    const box = boxOf(node);
    const left = box.x * k + x;
    const top = box.y * k + y;
    return (
      left < width + margin &&
      top < height + margin &&
      left + box.width * k > -margin &&
      top + box.height * k > -margin
    );
  };

  const mount = (id: string, card: Card, detail: Detail) => {
    card.drawn = detail;
    render(view(id, detail), card.element);
  };

  const draw = () => {
    frame = 0;
    const begun = performance.now();
    const mayTake = Math.min(Math.max(begun - askedAt, slice.least), slice.most);
    const detail = viewport.transform.peek().k < farBelow ? 'far' : 'near';
    let isMore = false;
    for (const [id, card] of cards) {
      const isSeen = isInSight(id) || isKept(id);
      if (isSeen !== card.isSeen) {
        card.isSeen = isSeen;
        card.element.style.display = isSeen ? '' : 'none';
      }
      // What was drawn from nearby stays so: it is paid for.
      if (!isSeen || card.drawn === detail || card.drawn === 'near') continue;
      if (performance.now() - begun < mayTake) mount(id, card, detail);
      else isMore = true;
    }
    if (isMore) look();
  };
  const look = () => {
    if (frame) return;
    askedAt = performance.now();
    frame = requestAnimationFrame(draw);
  };

  area.addPipe((context) => {
    if (context.type === 'render' && context.data.type === 'node') {
      const { element, payload } = context.data;
      element.style.display = 'none';
      cards.set(payload.id, { element, isSeen: false });
      look();
    }
    if (context.type === 'unmount') {
      const { element } = context.data;
      for (const [id, card] of cards) {
        if (card.element !== element) continue;
        cards.delete(id);
        if (card.drawn) render(null, element);
      }
    }
    if (context.type === 'resized' || context.type === 'nodetranslated') look();
    return context;
  });
  const watch = effect(() => {
    if (viewport.transform.value) look();
  });

  return {
    look,
    dispose() {
      watch();
      cancelAnimationFrame(frame);
      for (const { element, drawn } of cards.values()) if (drawn) render(null, element);
    },
  };
}
