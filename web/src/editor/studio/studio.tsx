import { computed, type ReadonlySignal, useSignal, useSignalEffect } from '@preact/signals';
import { ArrowDownFromLine, ArrowRightFromLine, Map as MapIcon, Network } from 'lucide';
import { useLocation } from 'preact-iso';
import { useMemo, useRef } from 'preact/hooks';
import { FlowTabs } from '../../flow-frame/flow-tabs.js';
import { useFlowSummary, type WatchedSummary } from '../../flow-frame/use-flow-summary.js';
import { Icon } from '../../ui/icon.js';
import type { AdditionId } from '../canvas/kinds.js';
import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import { LazyGenerate } from '../generate/lazy-generate.js';
import { Minimap } from '../minimap/minimap.js';
import type { OpenFlow } from '../open-editor.js';
import type { Canvas } from '../rete/create-canvas.js';
import { BackToFlow } from './canvas/back-to-flow.js';
import { CanvasView } from './canvas/canvas-view.js';
import { kindOfDrag, Palette } from './canvas/palette.js';
import { RightPanel } from './right-panel.js';
import { StudioBar } from './studio-bar.js';
import { createCommands } from './commands/studio-commands.js';
import { StudioOverlays } from './studio-overlays.js';
import { createStudioState } from './studio-state.js';
import { useLeaveWarning } from './use-leave-warning.js';
import { useShortcuts } from './commands/use-shortcuts.js';
import { createSuite } from '../tests/suite.js';
import { ViewBar } from '../rete/view-bar.js';
import './studio.css';

/** What of the flow is published, as it is after each save: a change may be one that was undone. */
function usePublished({ id, saving }: OpenFlow): WatchedSummary {
  const watched = useFlowSummary(id);
  const seen = useRef(saving.state.peek().revision);
  useSignalEffect(() => {
    const { kind, revision } = saving.state.value;
    if (kind !== 'saved' || revision === seen.current) return;
    seen.current = revision;
    void watched.reload();
  });
  return watched;
}

/** Draws the flow the other way. */
function TurnButton({ editor, onTurn }: { editor: Editor; onTurn: () => void }) {
  const isDown = editor.document.direction.value === 'down';
  const words = isDown ? texts.view.toRight : texts.view.toDown;
  return (
    <button type="button" aria-label={words} title={words} onClick={onTurn}>
      <Icon of={isDown ? ArrowRightFromLine : ArrowDownFromLine} size={16} />
    </button>
  );
}

/** Lets what is seen follow the run that is shown, from node to node. */
function useFollowedRun({ session }: OpenFlow, canvas: ReadonlySignal<Canvas | undefined>): void {
  const last = useRef<string | undefined>(undefined);
  useSignalEffect(() => {
    const { nodes } = session.overlay.value;
    const at = [...nodes].findLast(
      ([, { state }]) => state === 'active' || state === 'waiting' || state === 'paused',
    )?.[0];
    if (at === last.current) return;
    last.current = at;
    if (at !== undefined) canvas.peek()?.follow(at);
  });
}

/** Draws a flow: palette, canvas, and what is selected. */
export function Studio({ flow }: { flow: OpenFlow }) {
  const testId = useLocation().query['test'];
  const { editor, actions, saving, checker, session } = flow;
  const canvas = useSignal<Canvas | undefined>(undefined);
  const root = useRef<HTMLDivElement>(null);
  const state = useMemo(
    () => createStudioState(testId ? 'tests' : session.run.peek() ? 'test' : 'properties'),
    [session],
  );
  const suite = useMemo(() => {
    const made = createSuite(flow.id, editor.document, saving);
    made.opened.value = testId;
    return made;
  }, [flow]);
  const overlay = useMemo(
    () => computed(() => (state.panel.value === 'tests' ? suite : session).overlay.value),
    [state, suite, session],
  );
  const commands = useMemo(
    () => createCommands(flow, canvas, state, () => root.current),
    [flow, canvas, state],
  );
  useShortcuts(flow, commands);
  useLeaveWarning(saving);
  const published = usePublished(flow);
  useFollowedRun(flow, canvas);
  const { adding, menu, isMinimapShown } = state;

  const onReady = (made: Canvas | undefined) => {
    canvas.value = made;
    commands.begin();
  };
  const onNodeDropped = (event: DragEvent) => {
    event.preventDefault();
    const kind = kindOfDrag(event);
    const { value } = canvas;
    if (!kind || !value) return;
    const client = { x: event.clientX, y: event.clientY };
    const edgeId = document
      .elementFromPoint(client.x, client.y)
      ?.closest('[data-edge]')
      ?.getAttribute('data-edge');
    const point = value.viewport.toCanvas(client);
    if (edgeId) actions.addOnEdge(kind, edgeId, point);
    else actions.add(kind, point);
  };
  /** After what is selected, else into the middle of what is seen, for those who do not drag. */
  const addByPress = (kind: AdditionId) => {
    const { value } = canvas;
    const outlet = actions.nextOutlet();
    if (value && outlet && kind !== 'trigger') {
      commands.open(actions.addNext(kind, outlet));
      return;
    }
    const frame = root.current?.querySelector('.canvas')?.getBoundingClientRect();
    if (!value || !frame) return;
    const middle = { x: frame.left + frame.width / 2, y: frame.top + frame.height / 2 };
    commands.open(actions.addBeside(kind, value.viewport.toCanvas(middle)));
  };

  return (
    <div class="studio" ref={root}>
      <StudioBar
        flow={flow}
        state={state}
        suite={suite}
        commands={commands}
        published={published}
      />
      <FlowTabs flowId={flow.id} name={published.summary.value?.name ?? ''} current="build" />
      <div class="studio-body">
        <Palette document={editor.document} onAdd={addByPress} />
        <div class="studio-canvas">
          <CanvasView
            editor={editor}
            checker={checker}
            overlay={overlay}
            pausePoints={session.pausePoints}
            onReady={onReady}
            onEdgeDropped={(outlet, client, isNext) => (adding.value = { outlet, client, isNext })}
            onInsert={(edgeId, client) => (adding.value = { edgeId, client })}
            onNodeDropped={onNodeDropped}
            onMenu={(on, at) => (menu.value = { on, at })}
          />
          {canvas.value && (
            <>
              <ViewBar editor={editor} canvas={canvas.value}>
                <button
                  type="button"
                  aria-label={texts.steps.layOut}
                  title={texts.steps.layOut}
                  onClick={commands.byKey.layOut}
                >
                  <Icon of={Network} size={16} />
                </button>
                <TurnButton editor={editor} onTurn={commands.byKey.turn} />
                <button
                  type="button"
                  class="minimap-switch"
                  aria-label={texts.minimap.show}
                  aria-pressed={isMinimapShown.value}
                  title={texts.minimap.show}
                  onClick={commands.byKey.minimap}
                >
                  <Icon of={MapIcon} size={16} />
                </button>
              </ViewBar>
              <BackToFlow editor={editor} canvas={canvas.value} onBack={commands.begin} />
              {isMinimapShown.value && (
                <Minimap document={editor.document} viewport={canvas.value.viewport} />
              )}
              <StudioOverlays flow={flow} canvas={canvas.value} state={state} commands={commands} />
            </>
          )}
          <LazyGenerate editor={editor} isOpen={state.isGenerating} onAccepted={commands.fit} />
        </div>
        <RightPanel
          flow={flow}
          panel={state.panel}
          suite={suite}
          onShow={(nodeId) => canvas.peek()?.focus(nodeId)}
          onLeave={commands.toCard}
        />
      </div>
    </div>
  );
}
