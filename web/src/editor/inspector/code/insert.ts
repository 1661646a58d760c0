import type { Completion, Suggestion } from './complete.js';

/** Writes a suggestion into a field, as a step that the field's own undo takes back. */
export function insert(
  area: HTMLTextAreaElement,
  { from, to }: Completion,
  { insert: text, back }: Suggestion,
): void {
  area.focus();
  area.setSelectionRange(from, to);
  // The only way by which the browser's own undo knows of it.
  if (!document.execCommand('insertText', false, text)) {
    area.setRangeText(text, from, to, 'end');
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  const caret = from + text.length - back;
  area.setSelectionRange(caret, caret);
}
