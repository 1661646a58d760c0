import type { TargetedKeyboardEvent } from 'preact';

const links = () => [...document.querySelectorAll<HTMLElement>('.flow-link')];

/** Moves focus from a flow that is about to go to its neighbour, or to the page's heading. */
export function focusBeside(id: string): void {
  const all = links();
  const now = all.findIndex((link) => link.closest(`[data-flow="${id}"]`));
  const beside = all[now + 1] ?? all[now - 1] ?? document.querySelector<HTMLElement>('h1');
  beside?.focus();
}

/** Arrows go through the flows of a list. */
export function onArrow(event: TargetedKeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const all = links();
  const now = all.findIndex((link) => link === event.target);
  const next = step === undefined || now < 0 ? undefined : all[now + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
