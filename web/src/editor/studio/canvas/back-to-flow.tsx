import { useComputed } from '@preact/signals';
import type { Editor } from '../../editor.js';
import { texts } from '../../editor-texts.js';
import { allBoxes } from '../../notes/note-box.js';
import type { Canvas } from '../../rete/create-canvas.js';
import './back-to-flow.css';

/** Leads back to the flow once none of it is in sight. */
export function BackToFlow({ editor: { document }, canvas: { viewport }, onBack }: Props) {
  const isLost = useComputed(() => {
    const { x, y, k } = viewport.transform.value;
    const { width, height } = viewport.size();
    if (document.nodeIds.value.size === 0 || width === 0) return false;
    return !allBoxes(document).some(
      (box) =>
        box.x * k + x < width &&
        box.y * k + y < height &&
        (box.x + box.width) * k + x > 0 &&
        (box.y + box.height) * k + y > 0,
    );
  });
  if (!isLost.value) return null;
  return (
    <button type="button" class="button back-to-flow" onClick={onBack}>
      {texts.view.back}
    </button>
  );
}

type Props = { editor: Editor; canvas: Canvas; onBack: () => void };
