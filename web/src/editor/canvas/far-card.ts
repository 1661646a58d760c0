import { type ReadonlySignal, effect } from '@preact/signals';
import { type ComponentChildren, render } from 'preact';
import { texts } from '../editor-texts.js';
import { nodeIn, replyIn } from '../model/asks.js';
import type { DocumentReader } from '../model/store.js';
import { boxIn } from './geometry.js';
import { cardLook } from './node-card.js';
import { colorOf, localized } from '../../node-look.js';
import { cardViewOf } from './kinds.js';

/** What stands on a card besides the node: how it fares in a run, and signs. */
export type Marks = { mark: string | undefined; extra?: ComponentChildren };

const element = (name: string, look: string, ...children: Element[]) => {
  const made = window.document.createElement(name);
  made.className = look;
  made.append(...children);
  return made;
};

let pattern: HTMLElement | undefined;

function emptyCard(): HTMLElement {
  if (!pattern) {
    const words = element('span', 'card-words', element('strong', ''));
    const head = element('div', 'card-head', element('span', 'card-sign'), words);
    pattern = element('div', 'card-node', head);
    pattern.role = 'group';
    pattern.tabIndex = 0;
  }
  return pattern.cloneNode(true) as HTMLElement;
}

/**
 * Draws a node's card as one makes it out from far off: its colour, its label and its signs; no
 * handles, which nobody can hit there, and no picture. There may be a thousand of them in sight, and
 * each is elements of its own, followed by one effect; a component each takes four times as long.
 * @param marks is followed: what signals it reads
 * @returns takes it away again
 */
export function drawFarCard(
  place: HTMLElement,
  document: DocumentReader,
  id: string,
  isSelected: ReadonlySignal<boolean>,
  marks: (id: string) => Marks,
): () => void {
  const card = emptyCard();
  const words = card.querySelector('strong');
  const signs = element('span', 'card-signs');
  let hasSigns = false;
  card.dataset['node'] = id;
  const stop = effect(() => {
    const node = nodeIn(document, id);
    if (!node) return;
    const reply = replyIn(document, id);
    const { mark, extra } = marks(id);
    const view = cardViewOf(node, reply);
    const kind = localized(view.name);
    const label = node.label || kind;
    card.className = cardLook(node, isSelected.value, mark);
    card.style.setProperty('--kind', colorOf(view));
    const { width, height } = boxIn(document, node, reply);
    card.style.width = `${width}px`;
    card.style.height = `${height}px`;
    card.ariaLabel = texts.node(kind, label);
    card.ariaCurrent = String(isSelected.value);
    if (words && words.textContent !== label) words.textContent = label;
    if (!extra && !hasSigns) return;
    if (!hasSigns) card.append(signs);
    hasSigns = true;
    render(extra ?? null, signs);
  });
  place.append(card);
  return () => {
    stop();
    if (hasSigns) render(null, signs);
    card.remove();
  };
}
