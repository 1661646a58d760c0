import type { Signal } from '@preact/signals';
import { PartBoundary } from '../../ui/part-boundary.js';
import { Inspector } from '../inspector/inspector.js';
import type { OpenFlow } from '../open-editor.js';
import { TestPanel } from '../test-run/test-panel.js';
import { type Panel, PanelTabs } from './panel-tabs.js';

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
  return (
    <div class="right-panel">
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
