import { type Signal, useSignal, useSignalEffect } from '@preact/signals';
import { deviceStorage } from '../../storage.js';
import { PartBoundary } from '../../ui/part-boundary.js';
import { Inspector } from '../inspector/inspector.js';
import type { OpenFlow } from '../open-editor.js';
import { TestPanel } from '../test-run/test-panel.js';
import { PanelEdge } from './panel-edge.js';
import { type Panel, PanelTabs } from './panel-tabs.js';
import { panelWidth } from './panel-width.js';

const key = 'panel-width';

/** The form of what is selected; a fault in one leaves the others alone. */
function Properties({ flow }: { flow: OpenFlow }) {
  const { nodes, notes } = flow.editor.selection.current.value;
  return (
    <PartBoundary key={[...nodes, ...notes].join()}>
      <Inspector flow={flow} />
    </PartBoundary>
  );
}

/** Beside the canvas: what is selected, or a test. */
export function RightPanel({ flow, panel }: { flow: OpenFlow; panel: Signal<Panel> }) {
  const width = useSignal(panelWidth(deviceStorage.read(key)));
  useSignalEffect(() => deviceStorage.write(key, String(width.value)));
  return (
    <div class="right-panel" style={{ '--panel': `${width.value}px` }}>
      <PanelEdge width={width} />
      <PanelTabs panel={panel} />
      {panel.value === 'test' ? (
        <PartBoundary key="test">
          <TestPanel flow={flow} />
        </PartBoundary>
      ) : (
        <Properties flow={flow} />
      )}
    </div>
  );
}
