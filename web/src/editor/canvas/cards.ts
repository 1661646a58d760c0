import { effect, untracked } from '@preact/signals';
import { render, type VNode } from 'preact';
import type { Box } from '../commands/arrange.js';
import type { Editor } from '../editor.js';
import { nodeIn } from '../model/asks.js';
import { drawFarCard, type Marks } from './far-card.js';
import { boxIn } from './geometry.js';
import type { BoxIndex } from './obstacles.js';
import type { Viewport } from './viewport.js';

type Card = {
  place: HTMLElement;
  box: Box;
  isSeen: boolean;
  drawn: 'far' | 'near' | undefined;
  /** Takes away what is drawn. */
  clear: () => void;
  stop: () => void;
};

/**
 * Milliseconds of a frame that may go into drawing cards that come into sight: as long as the
 * browser took for the last frame, or much of the time would go into frames with little in them.
 */
const slice = { least: 8, most: 64 };
/** Pixels around the frame in which cards are drawn before they are seen. */
const margin = 200;

/** What the drawer of cards needs. */
export type CardsOptions = {
  editor: Editor;
  viewport: Viewport;
  /** Below this zoom a card that comes into sight is drawn as from far off. */
  farBelow: number;
  near: (id: string) => VNode;
  marks: (id: string) => Marks;
  /** Is kept level with where the cards are. */
  boxes: BoxIndex;
  /** Is told of each place for a card; what it returns is called when the node goes. */
  added: (id: string, place: HTMLElement) => () => void;
};

/** The node whose card has focus. */
function focusedId(): string | null | undefined {
  return window.document.activeElement?.closest('[data-node]')?.getAttribute('data-node');
}

function isInSight({ x: left, y: top, width, height }: Box, viewport: Viewport): boolean {
  const { x, y, k } = viewport.transform.peek();
  const frame = viewport.size();
  return (
    left * k + x < frame.width + margin &&
    top * k + y < frame.height + margin &&
    (left + width) * k + x > -margin &&
    (top + height) * k + y > -margin
  );
}

/**
 * Keeps a place on the canvas for each card of the document, and draws it there the first time
 * that it comes into sight, a slice per frame, and with all its details once one is near enough to
 * read them; what is out of sight, and has neither focus nor is selected, is not shown. So a canvas
 * of a thousand nodes costs what is seen of it.
 */
export function drawCards(
  holder: HTMLElement,
  { editor: { document, selection }, viewport, farBelow, near, marks, boxes, added }: CardsOptions,
): { look(): void; placeOf(id: string): HTMLElement | undefined; dispose(): void } {
  const cards = new Map<string, Card>();
  let frame = 0;
  let askedAt = 0;

  const drawNear = (id: string, card: Card) => {
    const hasFocus = card.drawn !== undefined && focusedId() === id;
    card.clear();
    render(near(id), card.place);
    card.clear = () => render(null, card.place);
    if (hasFocus) card.place.querySelector<HTMLElement>('[data-node]')?.focus();
  };
  const drawFar = (id: string, card: Card) => {
    card.clear = drawFarCard(card.place, document, id, selection.hasNode(id), marks);
  };

  const draw = () => {
    frame = 0;
    const begun = performance.now();
    const mayTake = Math.min(Math.max(begun - askedAt, slice.least), slice.most);
    const detail = viewport.transform.peek().k < farBelow ? 'far' : 'near';
    const { nodes: selected } = selection.current.peek();
    const focused = focusedId();
    let isMore = false;
    for (const [id, card] of cards) {
      const isSeen = isInSight(card.box, viewport) || selected.has(id) || focused === id;
      if (isSeen !== card.isSeen) {
        card.isSeen = isSeen;
        card.place.style.display = isSeen ? '' : 'none';
      }
      // What was drawn from nearby stays so: it is paid for.
      if (!isSeen || card.drawn === detail || card.drawn === 'near') continue;
      // What can be made out already may wait while somebody zooms.
      const limit = card.drawn ? slice.least : mayTake;
      if (performance.now() - begun < limit) {
        (detail === 'far' ? drawFar : drawNear)(id, card);
        card.drawn = detail;
      } else isMore = true;
    }
    if (isMore) look();
  };
  const look = () => {
    if (frame) return;
    askedAt = performance.now();
    frame = requestAnimationFrame(draw);
  };

  const add = (id: string): HTMLElement[] => {
    const node = document.node(id);
    if (!node) return [];
    const place = window.document.createElement('div');
    place.style.position = 'absolute';
    place.style.display = 'none';
    const nothing = () => undefined;
    const card: Card = {
      ...{ place, box: boxIn(document, node), isSeen: false, drawn: undefined },
      ...{ clear: nothing, stop: nothing },
    };
    const unfollow = effect(() => {
      const drawn = nodeIn(document, id);
      if (!drawn) return;
      const { x, y } = drawn.position;
      card.box = boxIn(document, drawn);
      boxes.set(card.box);
      place.style.transform = `translate(${x}px, ${y}px)`;
      look();
    });
    const forget = added(id, place);
    card.stop = () => {
      unfollow();
      boxes.delete(id);
      forget();
      card.clear();
    };
    cards.set(id, card);
    return [place];
  };

  const ends = [
    effect(() => {
      const { askOf } = document.asks.value;
      const wanted = new Set([...document.nodeIds.value].filter((id) => !askOf.has(id)));
      untracked(() => {
        for (const [id, { stop, place }] of cards) {
          if (wanted.has(id)) continue;
          stop();
          place.remove();
          cards.delete(id);
        }
        holder.append(...[...wanted].filter((id) => !cards.has(id)).flatMap(add));
      });
    }),
    effect(() => {
      if (viewport.transform.value && viewport.size()) look();
    }),
  ];

  return {
    look,
    placeOf: (id) => cards.get(id)?.place,
    dispose() {
      for (const end of ends) end();
      cancelAnimationFrame(frame);
      for (const { stop } of cards.values()) stop();
    },
  };
}
