import type { Spot } from './suggestions.js';

/** Line and column of an offset in a text, from 1, as editors count them. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - (before.lastIndexOf('\n') + 1) + 1 };
}

/** Where a character of a text that is drawn in an element stands on the screen. */
function rectAt(element: Element, offset: number): DOMRect {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (left <= length) {
      const range = document.createRange();
      range.setStart(node, left);
      range.setEnd(node, left);
      return range.getClientRects()[0] ?? range.getBoundingClientRect();
    }
    left -= length;
  }
  return element.getBoundingClientRect();
}

const listWidth = 300;
const listHeight = 240;

/**
 * Where a list stands that belongs to a character of a field: below it, above where there is no
 * room. From the field's own corner, so that it moves along with the field.
 */
export function spotAt(field: Element, colours: Element, offset: number): Spot {
  const box = field.getBoundingClientRect();
  const at = rectAt(colours, offset);
  const left = `${Math.max(0, Math.min(at.left - box.left, box.width - listWidth))}px`;
  const isAbove = at.bottom + listHeight > window.innerHeight && at.top > listHeight;
  if (isAbove) return { left, bottom: `${box.bottom - at.top + 4}px` };
  return { left, top: `${at.bottom - box.top + 4}px` };
}
