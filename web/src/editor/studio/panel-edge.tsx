import type { Signal } from '@preact/signals';
import { texts } from '../editor-texts.js';
import { panelWidth, panelWidths, widthAfterKey } from './panel-width.js';

/** The edge of the panel beside the canvas: it is dragged, or moved by arrow keys. A double click sets it back. */
export function PanelEdge({ width }: { width: Signal<number> }) {
  return (
    <div
      class="panel-edge"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={texts.panelEdge}
      aria-valuemin={panelWidths.least}
      aria-valuemax={panelWidths.most}
      aria-valuenow={width.value}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={({ currentTarget, pointerId, clientX }) => {
        if (!currentTarget.hasPointerCapture(pointerId)) return;
        const panel = currentTarget.parentElement!.getBoundingClientRect();
        width.value = panelWidth(panel.right - clientX);
      }}
      onDblClick={() => (width.value = panelWidths.usual)}
      onKeyDown={(event) => {
        const next = widthAfterKey(event.key, width.peek());
        if (next === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        width.value = next;
      }}
    />
  );
}
