import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { NodeType } from '@crmflow/contracts';
import { boxOf } from '../canvas/geometry.js';
import type { Outlet } from '../commands/edges.js';
import type { Point } from '../commands/nodes.js';
import { Inspector } from '../inspector/inspector.js';
import type { OpenFlow } from '../open-editor.js';
import type { Canvas } from '../rete/create-canvas.js';
import { TestPanel } from '../test/test-panel.js';
import { CanvasView } from './canvas-view.js';
import { GenerateLater } from '../generate/generate-later.js';
import { nodeTypeOf, Palette } from './palette.js';
import { QuickAdd } from './quick-add.js';
import { type Panel, PanelTabs } from './panel-tabs.js';
import { StudioBar } from './studio-bar.js';
import { useShortcuts } from './use-shortcuts.js';
import { ViewBar } from './view-bar.js';
import './studio.css';

/** Draws a flow: palette, canvas, and what is selected. */
export function Studio({ flow }: { flow: OpenFlow }) {
  const { editor, actions, saving, checker, session } = flow;
  const panel = useSignal<Panel>(session.run.peek() ? 'test' : 'properties');
  const canvas = useSignal<Canvas | undefined>(undefined);
  const dropped = useSignal<{ outlet: Outlet; client: Point } | undefined>(undefined);
  const isGenerating = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  useShortcuts(root, flow, canvas);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (saving.status.peek().kind !== 'saved') event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [saving]);

  const fit = () => canvas.peek()?.viewport.fit(editor.document.nodes().map(boxOf));
  const onReady = (made: Canvas | undefined) => {
    canvas.value = made;
    fit();
  };
  const onNodeDropped = (event: DragEvent) => {
    event.preventDefault();
    const type = nodeTypeOf(event);
    const { value } = canvas;
    if (!type || !value) return;
    const client = { x: event.clientX, y: event.clientY };
    const edgeId = document
      .elementFromPoint(client.x, client.y)
      ?.closest('[data-edge]')
      ?.getAttribute('data-edge');
    const point = value.viewport.toCanvas(client);
    if (edgeId) actions.addOnEdge(type, edgeId, point);
    else actions.add(type, point);
  };
  /** Into the middle of what is seen, for those who do not drag. */
  const addInMiddle = (type: NodeType) => {
    const { value } = canvas;
    if (!value) return;
    const { left, top } = root.current?.querySelector('.canvas')?.getBoundingClientRect() ?? {
      left: 0,
      top: 0,
    };
    const { width, height } = value.viewport.size();
    const middle = { x: left + width / 2, y: top + height / 2 };
    value.focus(actions.add(type, value.viewport.toCanvas(middle)));
  };

  return (
    <div class="studio" ref={root}>
      <StudioBar flow={flow} onGenerate={() => (isGenerating.value = true)} />
      <div class="studio-body">
        <Palette onAdd={addInMiddle} />
        <div class="studio-canvas">
          <CanvasView
            editor={editor}
            checker={checker}
            overlay={session.overlay}
            pausePoints={session.pausePoints}
            onReady={onReady}
            onWireDropped={(outlet, client) => (dropped.value = { outlet, client })}
            onNodeDropped={onNodeDropped}
          />
          {canvas.value && <ViewBar editor={editor} canvas={canvas.value} />}
          <GenerateLater editor={editor} isOpen={isGenerating} onAccepted={fit} />
          {dropped.value && canvas.value && (
            <QuickAdd
              at={dropped.value.client}
              onClose={() => (dropped.value = undefined)}
              onPick={(type) => {
                const { value } = dropped;
                if (value && canvas.value) {
                  const point = canvas.value.viewport.toCanvas(value.client);
                  actions.addAfter(type, value.outlet, point);
                }
                dropped.value = undefined;
              }}
            />
          )}
        </div>
        <div class="right-panel">
          <PanelTabs panel={panel} />
          {panel.value === 'test' ? <TestPanel flow={flow} /> : <Inspector flow={flow} />}
        </div>
      </div>
    </div>
  );
}
