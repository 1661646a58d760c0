import { computed, type ReadonlySignal, useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Checker } from '../../check/checker.js';
import type { Outlet } from '../../commands/edges.js';
import type { Point } from '../../commands/nodes.js';
import type { Editor } from '../../editor.js';
import { texts } from '../../editor-texts.js';
import { nodesOfCards } from '../../model/asks.js';
import { newFlowId } from '../../new-flow-id.js';
import { createCanvas, type Canvas } from '../../rete/create-canvas.js';
import type { PausePoints } from '../../test-run/pause-points.js';
import { cardMark, type RunOverlay } from '../../canvas/run-overlay.js';
import { DocumentCard, IssueMark } from './document-card.js';
import { useRubberBand } from './use-rubber-band.js';
import { isSpaceHeld } from './space-key.js';
import type { MenuTarget } from '../studio-state.js';
import { useLongPress } from './use-long-press.js';
import '../../rete/canvas.css';

/** What the canvas tells those around it. */
export type CanvasViewProps = {
  editor: Editor;
  checker: Checker;
  /** The run that is shown on it. */
  overlay: ReadonlySignal<RunOverlay>;
  pausePoints: PausePoints;
  onReady: (canvas: Canvas | undefined) => void;
  onEdgeDropped: (outlet: Outlet, client: Point, isClick: boolean) => void;
  onInsert: (edgeId: string, client: Point) => void;
  onNodeDropped: (event: DragEvent) => void;
  onMenu: (on: MenuTarget, client: Point) => void;
};

function targetOf(target: EventTarget | null): MenuTarget {
  const element = target instanceof Element ? target : undefined;
  const node = element?.closest('[data-node]')?.getAttribute('data-node');
  if (node) return { kind: 'node', id: node };
  const note = element?.closest('[data-note]')?.getAttribute('data-note');
  if (note) return { kind: 'note', id: note };
  const edge = element?.closest('[data-edge]')?.getAttribute('data-edge');
  return edge ? { kind: 'edge', id: edge } : { kind: 'canvas' };
}

/** The canvas in its frame. */
export function CanvasView({
  editor,
  checker,
  overlay,
  pausePoints,
  onReady,
  onEdgeDropped,
  onInsert,
  onNodeDropped,
  onMenu,
}: CanvasViewProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useSignal<Canvas | undefined>(undefined);
  const latest = useRef({ onReady, onEdgeDropped, onInsert });
  latest.current = { onReady, onEdgeDropped, onInsert };

  useLayoutEffect(() => {
    const container = frame.current;
    if (!container) return;
    const made = createCanvas(container, editor, {
      editing: {
        newId: newFlowId,
        onDrop: (outlet, client, isClick) => latest.current.onEdgeDropped(outlet, client, isClick),
        onInsert: (edgeId, client) => latest.current.onInsert(edgeId, client),
      },
      isPanning: isSpaceHeld,
      card: (id, Socket) => (
        <DocumentCard
          editor={editor}
          checker={checker}
          overlay={overlay}
          pausePoints={pausePoints}
          id={id}
          Socket={Socket}
        />
      ),
      marks: (id) => {
        const ids = nodesOfCards(editor.document, [id]);
        const isNew = editor.selection.fresh.value.has(id);
        const hasIssues = !isNew && ids.some((one) => checker.byNode.value.has(one));
        const nodes = ids.flatMap((one) => editor.document.node(one) ?? []);
        return {
          mark: cardMark(ids, (one) => overlay.value.nodes.get(one)?.state),
          extra: hasIssues && <IssueMark checker={checker} nodes={nodes} />,
        };
      },
      taken: computed(() => overlay.value.taken),
    });
    canvas.value = made;
    latest.current.onReady(made);
    return () => {
      latest.current.onReady(undefined);
      made.destroy();
    };
  }, [editor, checker, overlay, pausePoints]);
  const band = useRubberBand(frame, canvas, editor);
  const askForMenu = (target: EventTarget | null, client: Point) => {
    const on = targetOf(target);
    const { selection } = editor;
    if (on.kind === 'node' && !selection.current.peek().nodes.has(on.id)) {
      selection.set({ nodes: [on.id] });
    }
    if (on.kind === 'note' && !selection.current.peek().notes.has(on.id)) {
      selection.set({ notes: [on.id] });
    }
    if (on.kind === 'edge') selection.set({ edges: [on.id] });
    onMenu(on, client);
  };
  useLongPress(frame, askForMenu);

  return (
    <div
      ref={frame}
      class="canvas"
      role="application"
      aria-label={texts.canvas}
      tabIndex={-1}
      onDragOver={(event) => event.preventDefault()}
      onDrop={onNodeDropped}
      onContextMenu={(event) => {
        event.preventDefault();
        askForMenu(event.target, { x: event.clientX, y: event.clientY });
      }}
      onFocusIn={({ target }) => {
        // Who comes by the keyboard works on what has focus.
        const isByKeys = target instanceof Element && target.matches(':focus-visible');
        if (!isByKeys) return;
        const on = targetOf(target);
        const { selection } = editor;
        const { nodes, notes } = selection.current.peek();
        if (on.kind === 'node' && !nodes.has(on.id)) selection.set({ nodes: [on.id] });
        if (on.kind === 'note' && !notes.has(on.id)) selection.set({ notes: [on.id] });
      }}
      {...band.handlers}
    >
      {band.box.value && <div class="rubber-band" style={band.box.value} />}
    </div>
  );
}
