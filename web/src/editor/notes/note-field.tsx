import { limits } from '@crmflow/contracts/limits';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { writeNote } from '../commands/notes.js';
import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import type { Gesture } from '../history/history.js';

type Props = { editor: Editor; id: string; text: string; onDone: () => void };

/** Where a note is written; what is typed without a break is one step for undo. */
export function NoteField({ editor: { document, history }, id, text, onDone }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const gesture = useRef<Gesture | undefined>(undefined);
  useLayoutEffect(() => {
    const { current } = field;
    current?.focus({ preventScroll: true });
    current?.setSelectionRange(current.value.length, current.value.length);
  }, []);
  const write = (next: string) => {
    if (!gesture.current?.isOpen()) gesture.current = history.begin(texts.steps.note);
    gesture.current.update(writeNote(document, id, next));
  };
  return (
    <textarea
      ref={field}
      class="canvas-note-field"
      aria-label={texts.notes.label}
      placeholder={texts.notes.hint}
      maxLength={limits.noteLength}
      value={text}
      onInput={({ currentTarget }) => write(currentTarget.value)}
      onBlur={() => {
        gesture.current?.commit();
        onDone();
      }}
      onKeyDown={(event) => {
        const isDone = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
        if (event.key !== 'Escape' && !isDone) return;
        event.preventDefault();
        event.stopPropagation();
        event.currentTarget.closest<HTMLElement>('[data-note]')?.focus();
      }}
    />
  );
}
