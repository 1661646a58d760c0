import { type Signal, useComputed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import { noteKey } from '../model/record.js';
import { dragNote, type DragSurroundings } from './drag-note.js';
import { NoteField } from './note-field.js';
import './notes.css';

type Layer = {
  editor: Editor;
  /** The note that is being written. */
  writing: Signal<string | undefined>;
  /** Whether a press of the main button moves the canvas. */
  isPanning: () => boolean;
  surroundings: DragSurroundings;
};

function Note({ editor, writing, isPanning, surroundings, id }: Layer & { id: string }) {
  const isSelected = useMemo(() => editor.selection.hasNote(id), [editor, id]);
  const isWritten = useComputed(() => writing.value === id);
  const record = editor.document.signalOf(noteKey(id)).value;
  if (record?.kind !== 'note') return null;
  const { text, position } = record.note;
  return (
    <div
      class={isSelected.value ? 'canvas-note selected' : 'canvas-note'}
      style={{ transform: `translate(${position.x}px, ${position.y}px)` }}
      role="group"
      tabIndex={0}
      aria-label={texts.notes.named(text)}
      aria-current={isSelected.value}
      data-note={id}
      onPointerDown={(event) => {
        if (event.button !== 0 || isPanning()) return;
        event.stopPropagation();
        if (!isWritten.peek()) dragNote(editor, id, event, surroundings);
      }}
      onDblClick={() => (writing.value = id)}
    >
      {isWritten.value ? (
        <NoteField editor={editor} id={id} text={text} onDone={() => (writing.value = undefined)} />
      ) : (
        <p class={text ? 'canvas-note-words' : 'canvas-note-words blank'}>
          {text || texts.notes.blank}
        </p>
      )}
    </div>
  );
}

/** All notes, under the cards. */
export function NoteLayer(layer: Layer) {
  return (
    <>
      {[...layer.editor.document.noteIds.value].map((id) => (
        <Note key={id} {...layer} id={id} />
      ))}
    </>
  );
}
