import type { Signal } from '@preact/signals';
import { texts } from '../editor-texts.js';

/** What is beside the canvas. */
export type Panel = 'properties' | 'test';

const panels = (): readonly { panel: Panel; label: string }[] => [
  { panel: 'properties', label: texts.properties },
  { panel: 'test', label: texts.test.title },
];

/** Chooses what is beside the canvas. */
export function PanelTabs({ panel }: { panel: Signal<Panel> }) {
  const move = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    event.stopPropagation();
    panel.value = panel.value === 'test' ? 'properties' : 'test';
    const tabs = (event.currentTarget as HTMLElement).querySelectorAll('button');
    tabs[panels().findIndex((one) => one.panel === panel.value)]?.focus();
  };
  return (
    <div class="panel-tabs" role="tablist" aria-label={texts.panels} onKeyDown={move}>
      {panels().map((one) => (
        <button
          key={one.panel}
          type="button"
          role="tab"
          aria-selected={panel.value === one.panel}
          tabIndex={panel.value === one.panel ? 0 : -1}
          onClick={() => (panel.value = one.panel)}
        >
          {one.label}
        </button>
      ))}
    </div>
  );
}
