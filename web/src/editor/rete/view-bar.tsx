import { Maximize, Minus, Plus } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Icon } from '../../ui/icon.js';
import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import { allBoxes } from '../notes/note-box.js';
import type { Canvas } from './create-canvas.js';
import './view-bar.css';
import { language } from '../../texts/language.js';

const percent = new Intl.NumberFormat(language, { style: 'percent' });

/** How far it is zoomed, and ways to change that. */
export function ViewBar({
  editor,
  canvas,
  children,
}: {
  editor: Editor;
  canvas: Canvas;
  children?: ComponentChildren;
}) {
  const { viewport } = canvas;
  const { k } = viewport.transform.value;
  return (
    <div class="view-bar" role="toolbar" aria-label={texts.view.label}>
      <button type="button" aria-label={texts.view.out} onClick={() => viewport.zoomTo(k / 1.25)}>
        <Icon of={Minus} size={16} />
      </button>
      <button type="button" title={texts.view.reset} onClick={() => viewport.zoomTo(1)}>
        {percent.format(k)}
      </button>
      <button type="button" aria-label={texts.view.in} onClick={() => viewport.zoomTo(k * 1.25)}>
        <Icon of={Plus} size={16} />
      </button>
      <button
        type="button"
        aria-label={texts.view.fit}
        title={texts.view.fit}
        onClick={() => viewport.fit(allBoxes(editor.document))}
      >
        <Icon of={Maximize} size={16} />
      </button>
      {children}
    </div>
  );
}
