import type { Signal } from '@preact/signals';
import { Tabs } from '../../ui/tabs/tabs.js';
import { texts } from '../editor-texts.js';

/** What is beside the canvas. */
export type Panel = 'properties' | 'test' | 'tests';

/** Chooses what is beside the canvas. */
export function PanelTabs({ panel }: { panel: Signal<Panel> }) {
  return (
    <Tabs<Panel>
      label={texts.panels}
      tabs={[
        { id: 'properties', label: texts.properties },
        { id: 'test', label: texts.test.title },
        { id: 'tests', label: texts.tests.title },
      ]}
      current={panel.value}
      onChange={(next) => (panel.value = next)}
    />
  );
}
