import { type Signal, useSignal, useSignalEffect } from '@preact/signals';
import { deviceStorage } from '../../storage.js';
import { PartBoundary } from '../../ui/part-boundary.js';
import { Inspector } from '../inspector/inspector.js';
import type { OpenFlow } from '../open-editor.js';
import { LazyTestsPanel } from '../tests/lazy-tests-panel.js';
import type { Suite } from '../tests/suite.js';
import { TestPanel } from '../test-run/test-panel.js';
import { PanelEdge } from './panel-edge.js';
import { type Panel, PanelTabs } from './panel-tabs.js';
import { panelWidth } from './panel-width.js';

const key = 'panel-width';

/** The form of what is selected; a fault in one leaves the others alone. */
function Properties({ flow, onLeave }: Pick<Props, 'flow' | 'onLeave'>) {
  const { nodes, notes } = flow.editor.selection.current.value;
  return (
    <PartBoundary key={[...nodes, ...notes].join()}>
      <Inspector flow={flow} onLeave={onLeave} />
    </PartBoundary>
  );
}

type Props = {
  flow: OpenFlow;
  panel: Signal<Panel>;
  suite: Suite;
  /** Brings a node into sight. */
  onShow: (nodeId: string) => void;
  /** Leads from the form back to what it is of. */
  onLeave: () => void;
};

/** Beside the canvas: what is selected, a test run, or the tests. */
export function RightPanel({ flow, panel, suite, onShow, onLeave }: Props) {
  const width = useSignal(panelWidth(deviceStorage.read(key)));
  useSignalEffect(() => deviceStorage.write(key, String(width.value)));
  return (
    <div class="right-panel" style={{ '--panel': `${width.value}px` }}>
      <PanelEdge width={width} />
      <PanelTabs panel={panel} />
      {panel.value === 'test' && (
        <PartBoundary key="test">
          <TestPanel
            flow={flow}
            onShow={onShow}
            onMakeTest={async (runId) => {
              if (await suite.addOfRun(runId)) panel.value = 'tests';
            }}
          />
        </PartBoundary>
      )}
      {panel.value === 'tests' && (
        <PartBoundary key="tests">
          <LazyTestsPanel suite={suite} document={flow.editor.document} onShow={onShow} />
        </PartBoundary>
      )}
      {panel.value === 'properties' && <Properties flow={flow} onLeave={onLeave} />}
    </div>
  );
}
